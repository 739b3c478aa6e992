package dev.sampo.client;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.GetPacketRequest;
import dev.sampo.client.v1.GetStatusRequest;
import dev.sampo.client.v1.GetTransactionRequest;
import dev.sampo.client.v1.HostLedgerRequest;
import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.ListLedgersRequest;
import dev.sampo.client.v1.ListLedgersResponse;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.PacketStatus;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionRequest;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.client.v1.WatchTransactionRequest;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node that hosts some ledgers, and remembers which ones it was asked about. */
final class LedgerNode implements ServerInterceptor, AutoCloseable {

  /** What calls said they are about; "-" for those that did not. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What it says of every packet. */
  volatile PacketStatus packet = PacketStatus.getDefaultInstance();

  private final List<LedgerId> hosted;
  private final Server server;

  LedgerNode(LedgerId... hosted) {
    this.hosted = new CopyOnWriteArrayList<>(hosted);
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(new Service())
              .intercept(this)
              .build()
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var ledger = Optional.ofNullable(headers.get(Endpoint.LEDGER)).orElse("-");
    asked.add(ledger);
    boolean isOfNode =
        call.getMethodDescriptor().getBareMethodName().endsWith("Ledgers")
            || call.getMethodDescriptor().getBareMethodName().equals("HostLedger");
    if (!isOfNode && hosted.stream().map(LedgerId::hex).noneMatch(ledger::equals)) {
      var trailers = new Metadata();
      trailers.put(Failure.CODE, Failure.LEDGER_NOT_FOUND);
      call.close(Status.NOT_FOUND, trailers);
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }

  private final class Service extends SampoGrpc.SampoImplBase {

    @Override
    public void getStatus(
        GetStatusRequest request, StreamObserver<dev.sampo.client.v1.Status> answer) {
      answer.onNext(dev.sampo.client.v1.Status.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void getPacket(GetPacketRequest request, StreamObserver<PacketStatus> answer) {
      answer.onNext(packet);
      answer.onCompleted();
    }

    @Override
    public void submitTransaction(
        SubmitTransactionRequest request, StreamObserver<TransactionStatus> answer) {
      try {
        var signed = Bytes.owning(request.getSignedTransaction().toByteArray());
        var id = SignedTransaction.decode(signed).id().hash();
        answer.onNext(
            TransactionStatus.newBuilder()
                .setTransactionId(SampoClient.byteString(id))
                .setOutcome(Outcome.OUTCOME_ACCEPTED)
                .build());
        answer.onCompleted();
      } catch (Malformed malformed) {
        answer.onError(malformed);
      }
    }

    @Override
    public void getTransaction(
        GetTransactionRequest request, StreamObserver<TransactionStatus> answer) {
      var trailers = new Metadata();
      trailers.put(Failure.CODE, "TRANSACTION_NOT_FOUND");
      answer.onError(Status.NOT_FOUND.asRuntimeException(trailers));
    }

    @Override
    public void watchTransaction(
        WatchTransactionRequest request, StreamObserver<TransactionStatus> answer) {
      answer.onCompleted();
    }

    @Override
    public void listLedgers(
        ListLedgersRequest request, StreamObserver<ListLedgersResponse> answer) {
      var list = ListLedgersResponse.newBuilder();
      hosted.forEach(id -> list.addLedgers(ListedLedger.newBuilder().setLedgerId(bytes(id))));
      answer.onNext(list.build());
      answer.onCompleted();
    }

    /** Always claims to have hosted the newest ledger that it has. */
    @Override
    public void hostLedger(HostLedgerRequest request, StreamObserver<HostLedgerResponse> answer) {
      try {
        var charter = LedgerCharter.decode(Bytes.owning(request.getCharter().toByteArray()));
        if (hosted.isEmpty()) {
          hosted.add(charter.genesis().ledgerId());
        }
        answer.onNext(HostLedgerResponse.newBuilder().setLedgerId(bytes(hosted.getLast())).build());
        answer.onCompleted();
      } catch (Malformed malformed) {
        answer.onError(malformed);
      }
    }

    private static ByteString bytes(LedgerId id) {
      return ByteString.copyFrom(id.value().toByteArray());
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
