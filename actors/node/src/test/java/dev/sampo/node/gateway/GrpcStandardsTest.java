package dev.sampo.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import dev.sampo.core.genesis.LedgerName;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The services that tools of gRPC expect of any server: health and reflection. */
class GrpcStandardsTest {

  private TestGateway gateway;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    gateway = new TestGateway();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    gateway.close();
  }

  private static MethodDescriptor<HealthCheckRequest, HealthCheckResponse> health(
      String method, MethodType type) {
    return MethodDescriptor.<HealthCheckRequest, HealthCheckResponse>newBuilder()
        .setType(type)
        .setFullMethodName("grpc.health.v1.Health/" + method)
        .setRequestMarshaller(marshaller(HealthCheckRequest.getDefaultInstance()))
        .setResponseMarshaller(marshaller(HealthCheckResponse.getDefaultInstance()))
        .build();
  }

  private static <T extends Message> MethodDescriptor.Marshaller<T> marshaller(T instance) {
    return ProtoUtils.marshaller(instance);
  }

  private ServingStatus check(String service) {
    return ClientCalls.blockingUnaryCall(
            channel,
            health("Check", MethodType.UNARY),
            CallOptions.DEFAULT,
            HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  @Test
  void healthIsReadiness() {
    assertThat(check("")).isEqualTo(ServingStatus.SERVING);
    assertThat(check("sampo.v1.Sampo")).isEqualTo(ServingStatus.SERVING);

    gateway.ledger.readiness(new Readiness(List.of("stopping")));

    assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
    assertThatThrownBy(() -> check("other"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failed -> assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }

  @Test
  void eachLedgerHasAHealthOfItsOwn() {
    var bonds = new SmallLedger("6b");
    gateway.ledgers.add(new LedgerName("bonds"), bonds);
    bonds.readiness(new Readiness(List.of("stopping")));

    assertThat(check("sampo.v1.Sampo/main")).isEqualTo(ServingStatus.SERVING);
    assertThat(check("sampo.v1.Sampo/bonds")).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(check("sampo.v1.Sampo/" + bonds.document().ledgerId().hex()))
        .isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
    for (var unknown : List.of("gold", "", "Bad/name")) {
      assertThatThrownBy(() -> check("sampo.v1.Sampo/" + unknown))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              failed -> assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }
  }

  @Test
  void healthCanBeWatched() {
    var heard = watch("");
    await().until(() -> heard.equals(List.of(ServingStatus.SERVING)));

    gateway.ledger.readiness(new Readiness(List.of("stopping")));

    await().until(() -> heard.equals(List.of(ServingStatus.SERVING, ServingStatus.NOT_SERVING)));
  }

  @Test
  void aLedgerCanBeWatchedBeforeItIsHosted() {
    var heard = watch("sampo.v1.Sampo/bonds");
    await().until(() -> heard.equals(List.of(ServingStatus.SERVICE_UNKNOWN)));

    gateway.ledgers.add(new LedgerName("bonds"), new SmallLedger("6b"));

    await()
        .until(() -> heard.equals(List.of(ServingStatus.SERVICE_UNKNOWN, ServingStatus.SERVING)));
  }

  private List<ServingStatus> watch(String service) {
    var heard = new CopyOnWriteArrayList<ServingStatus>();
    ClientCalls.asyncServerStreamingCall(
        channel.newCall(health("Watch", MethodType.SERVER_STREAMING), CallOptions.DEFAULT),
        HealthCheckRequest.newBuilder().setService(service).build(),
        new StreamObserver<HealthCheckResponse>() {
          @Override
          public void onNext(HealthCheckResponse response) {
            heard.add(response.getStatus());
          }

          @Override
          public void onError(Throwable thrown) {
            // The test ends by closing the channel.
          }

          @Override
          public void onCompleted() {
            heard.add(ServingStatus.UNKNOWN);
          }
        });
    return heard;
  }

  @Test
  void reflectionNamesTheServices() {
    var bytes = new RawBytes();
    var method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodType.BIDI_STREAMING)
            .setFullMethodName("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
            .setRequestMarshaller(bytes)
            .setResponseMarshaller(bytes)
            .build();
    var answers = new CopyOnWriteArrayList<String>();
    var requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(method, CallOptions.DEFAULT),
            new StreamObserver<byte[]>() {
              @Override
              public void onNext(byte[] answer) {
                answers.add(new String(answer, StandardCharsets.ISO_8859_1));
              }

              @Override
              public void onError(Throwable thrown) {
                answers.add("error " + thrown);
              }

              @Override
              public void onCompleted() {
                answers.add("complete");
              }
            });

    requests.onNext(new byte[] {0x3a, 0}); // list_services: ""

    await().until(() -> !answers.isEmpty());
    assertThat(answers.getFirst()).contains("sampo.v1.Sampo", "grpc.health.v1.Health");
    requests.onCompleted();
  }
}
