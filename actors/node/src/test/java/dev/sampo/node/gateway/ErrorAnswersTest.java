package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.sampo.client.ErrorCatalogue;
import dev.sampo.client.v1.GetAccountRequest;
import dev.sampo.client.v1.GetBlockRequest;
import dev.sampo.client.v1.GetTransactionRequest;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal of the catalogue as a gRPC and as an HTTP client gets it. */
class ErrorAnswersTest {

  private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.load();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestGateway gateway;
  private static ManagedChannel channel;
  private static SampoGrpc.SampoBlockingStub grpc;

  @BeforeAll
  static void start() {
    gateway = new TestGateway();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port()).usePlaintext().build();
    grpc = SampoGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    gateway.close();
  }

  static Stream<ErrorCatalogue.Entry> refusals() {
    return CATALOGUE.entries().stream()
        .filter(
            entry ->
                entry.isAboutTransaction()
                    && !entry.code().equals("ALREADY_PENDING")
                    && !entry.code().equals("ALREADY_EXECUTED"));
  }

  private static void assertFails(ThrowingCallable call, ErrorCatalogue.Entry error) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failed -> {
              assertThat(failed.getStatus().getCode()).isEqualTo(error.grpcStatus());
              assertThat(failed.getStatus().getDescription()).isNotBlank();
              assertThat(trailer(failed, "sampo-code")).isEqualTo(error.code());
              assertThat(trailer(failed, "sampo-retryable"))
                  .isEqualTo(Boolean.toString(error.retryable()));
              assertThat(trailer(failed, "sampo-safe-to-resubmit"))
                  .isEqualTo(Boolean.toString(error.safeToResubmit()));
              assertThat(trailer(failed, "grpc-retry-pushback-ms") != null)
                  .isEqualTo(error.grpcStatus() == Status.Code.RESOURCE_EXHAUSTED);
            });
  }

  private static String trailer(StatusRuntimeException failed, String name) {
    return failed.getTrailers().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void carriesTheRefusalAsTheCatalogueSays(ErrorCatalogue.Entry error) throws Exception {
    var transfer = gateway.from(ALICE).transfer(COIN, BOB, 1);
    var request =
        SubmitTransactionRequest.newBuilder()
            .setSignedTransaction(ByteString.copyFrom(transfer.encoded().toByteArray()))
            .build();
    gateway.ledger.refuse(error.code());

    assertFails(() -> grpc.submitTransaction(request), error);

    var http =
        gateway.post(
            "/v1/transactions", "application/octet-stream", transfer.encoded().toByteArray());
    var problem = JSON.readTree(http.body());
    assertThat(http.statusCode()).isEqualTo(error.httpStatus());
    assertThat(problem.get("code").asText()).isEqualTo(error.code());
    assertThat(problem.get("retryable").asBoolean()).isEqualTo(error.retryable());
    assertThat(problem.get("safe_to_resubmit").asBoolean()).isEqualTo(error.safeToResubmit());
    assertThat(problem.get("what_to_do").asText()).isEqualTo(error.whatToDo());
    assertThat(problem.get("detail").asText()).contains("because the test says so");
    assertThat(http.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(error.httpStatus() == 429 || error.httpStatus() == 503);
  }

  @Test
  void refusesMalformedCallsAndUnknownNames() {
    assertFails(
        () -> grpc.submitTransaction(SubmitTransactionRequest.getDefaultInstance()),
        CATALOGUE.get("MALFORMED_REQUEST"));
    assertFails(
        () ->
            grpc.submitTransaction(
                SubmitTransactionRequest.newBuilder()
                    .setSignedTransaction(ByteString.copyFromUtf8("junk"))
                    .build()),
        CATALOGUE.get("MALFORMED_TRANSACTION"));
    assertFails(
        () -> grpc.getTransaction(GetTransactionRequest.getDefaultInstance()),
        CATALOGUE.get("MALFORMED_REQUEST"));
    assertFails(
        () ->
            grpc.getTransaction(
                GetTransactionRequest.newBuilder()
                    .setTransactionId(ByteString.copyFrom(new byte[32]))
                    .build()),
        CATALOGUE.get("TRANSACTION_NOT_FOUND"));
    assertFails(
        () -> grpc.getBlock(GetBlockRequest.newBuilder().setHeight(-1).build()),
        CATALOGUE.get("MALFORMED_REQUEST"));
    assertFails(
        () -> grpc.getBlock(GetBlockRequest.newBuilder().setHeight(99).build()),
        CATALOGUE.get("BLOCK_NOT_FOUND"));
    assertFails(
        () -> grpc.getAccount(GetAccountRequest.newBuilder().setName("Nobody\r\nX: y").build()),
        CATALOGUE.get("MALFORMED_REQUEST"));
    assertFails(
        () -> grpc.getAccount(GetAccountRequest.newBuilder().setName("nobody").build()),
        CATALOGUE.get("ACCOUNT_NOT_FOUND"));
    var tooMany = GetAccountRequest.newBuilder().setName("bob");
    for (int i = 0; i < 17; i++) {
      tooMany.addAssets("a" + i);
    }
    assertFails(() -> grpc.getAccount(tooMany.build()), CATALOGUE.get("MALFORMED_REQUEST"));
  }
}
