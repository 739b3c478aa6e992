package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.AccountReading;
import dev.sampo.client.Backoff;
import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.core.types.LedgerId;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lying node, or somebody between it and the client, cannot make the client believe anything. */
class TamperingTest {

  private TestGateway gateway;
  private AccountReading truth;

  @BeforeEach
  void start() {
    gateway = new TestGateway();
    try (var client = gateway.client()) {
      client.submitAndWait(gateway.from(ALICE).transfer(COIN, BOB, 5), Duration.ofSeconds(20));
      truth = client.provenAccount(BOB, List.of(COIN));
    }
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private SampoClient client(int port, Duration timeout) {
    return SampoClient.connect(
        new ClientSettings(
            List.of("127.0.0.1:" + port),
            new TrustAnchor.Document(gateway.ledger.document()),
            timeout,
            new Backoff(1, Duration.ZERO, Duration.ZERO)));
  }

  /** What the client believes, if anything. */
  private static Optional<AccountReading> believed(SampoClient client) {
    try {
      return Optional.of(client.provenAccount(BOB, List.of(COIN)));
    } catch (SampoException refused) {
      return Optional.empty();
    }
  }

  @Test
  void noChangedByteOfAnAnswerChangesWhatIsBelieved() throws IOException {
    var honest = Messages.account(gateway.ledger.document().ledgerId(), view()).toByteArray();
    var answer = new AtomicReference<>(honest);
    var server = liar(answer).start();
    try (var client = client(server.getPort(), Duration.ofSeconds(10))) {
      assertThat(believed(client)).contains(truth);
      int believedNevertheless = 0;
      for (int i = 0; i < honest.length; i++) {
        var changed = honest.clone();
        changed[i] ^= (byte) (1 << (i % 8));
        answer.set(changed);
        var reading = believed(client);
        reading.ifPresent(it -> assertThat(it).isEqualTo(truth));
        believedNevertheless += reading.isPresent() ? 1 : 0;
      }
      // Protocol Buffers write a true boolean in more ways than one; nothing else is that lenient.
      assertThat(believedNevertheless).isLessThanOrEqualTo(1);
      answer.set(honest);
      assertThat(believed(client)).contains(truth);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void aClaimThatGoesBeyondItsProofsIsRefused() throws IOException {
    var honest = Messages.account(gateway.ledger.document().ledgerId(), view());
    var richer = honest.toBuilder();
    richer.getBalancesBuilder(0).setAmount(1_000_000);
    var withoutProof = honest.toBuilder().clearStateProofs();
    var proofsSwapped =
        honest.toBuilder()
            .setStateProofs(0, honest.getStateProofs(1))
            .setStateProofs(1, honest.getStateProofs(0));
    var proofTwice = honest.toBuilder().addStateProofs(honest.getStateProofs(1));
    var absent = honest.toBuilder().setExists(false).clearPublicKey();
    var later = honest.toBuilder().setHeight(honest.getHeight() + 1);
    var answer = new AtomicReference<>(honest.toByteArray());
    var server = liar(answer).start();
    try (var client = client(server.getPort(), Duration.ofSeconds(10))) {
      for (var lie : List.of(richer, withoutProof, proofsSwapped, proofTwice, absent, later)) {
        answer.set(lie.build().toByteArray());
        assertThat(believed(client)).isEmpty();
      }
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  @Timeout(30)
  void aCallThatEndsWithoutAnAnswerFails() throws IOException {
    var original = SampoGrpc.getGetAccountMethod();
    var method = original.toBuilder().setType(MethodType.SERVER_STREAMING).build();
    var server =
        serving(
                ServerServiceDefinition.builder(SampoGrpc.SERVICE_NAME)
                    .addMethod(
                        method,
                        ServerCalls.asyncServerStreamingCall(
                            (_, observer) -> observer.onCompleted()))
                    .build())
            .start();
    try (var client = client(server.getPort(), Duration.ofSeconds(10))) {
      assertThat(believed(client)).isEmpty();
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void anotherLedgersGenesisIsRefused() {
    var settings =
        ClientSettings.of(
            new TrustAnchor.Pinned(LedgerId.fromHex("ab".repeat(32))),
            "127.0.0.1:" + gateway.port());
    try (var client = SampoClient.connect(settings)) {
      assertThat(believed(client)).isEmpty();
    }
  }

  @Test
  void aByteFlippedOnTheWayNeverChangesWhatTheClientBelieves() throws Exception {
    long seed = Long.getLong("sampo.seed", System.nanoTime());
    System.err.println("seed " + seed + "; replay with -Dsampo.seed=" + seed);
    var random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      try (var proxy = new FlippingProxy(gateway.port(), random.nextInt(2_500));
          var client = client(proxy.port(), Duration.ofMillis(700))) {
        believed(client).ifPresent(reading -> assertThat(reading).isEqualTo(truth));
      }
    }
  }

  private AccountView view() {
    return gateway
        .ledger
        .account(new AccountQuery(BOB, List.of(COIN), true))
        .toCompletableFuture()
        .join();
  }

  /** A server that answers every question about accounts with the given bytes. */
  private static Server liar(AtomicReference<byte[]> answer) {
    var original = SampoGrpc.getGetAccountMethod();
    var method = original.toBuilder(original.getRequestMarshaller(), new RawBytes()).build();
    return serving(
        ServerServiceDefinition.builder(SampoGrpc.SERVICE_NAME)
            .addMethod(
                method,
                ServerCalls.asyncUnaryCall(
                    (_, observer) -> {
                      observer.onNext(answer.get());
                      observer.onCompleted();
                    }))
            .build());
  }

  private static Server serving(ServerServiceDefinition service) {
    return NettyServerBuilder.forPort(0).addService(service).build();
  }

  /** Passes one connection on, but flips one bit of what the server says. */
  private static final class FlippingProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final int target;
    private final int position;

    FlippingProxy(int target, int position) throws IOException {
      this.target = target;
      this.position = position;
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return listener.getLocalPort();
    }

    private void accept() {
      while (!listener.isClosed()) {
        try {
          var client = listener.accept();
          var server = new Socket(InetAddress.getLoopbackAddress(), target);
          Thread.ofVirtual().start(() -> pump(client, server, -1));
          Thread.ofVirtual().start(() -> pump(server, client, position));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private static void pump(Socket from, Socket to, int flipAt) {
      var buffer = new byte[4096];
      int seen = 0;
      try (from;
          to) {
        for (int read = from.getInputStream().read(buffer);
            read >= 0;
            read = from.getInputStream().read(buffer)) {
          if (flipAt >= seen && flipAt < seen + read) {
            buffer[flipAt - seen] ^= 0x10;
          }
          seen += read;
          to.getOutputStream().write(buffer, 0, read);
        }
      } catch (IOException ended) {
        // The other end is closed by leaving the block.
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
