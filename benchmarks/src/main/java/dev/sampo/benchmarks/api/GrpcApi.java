package dev.sampo.benchmarks.api;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.GetAccountRequest;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionRequest;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A call for each request, over one connection. */
final class GrpcApi implements Api {

  private final ManagedChannel channel;

  GrpcApi(String endpoint) {
    var uri = URI.create(endpoint);
    channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort())
            .usePlaintext()
            .disableRetry()
            .build();
  }

  @Override
  public String name() {
    return "gRPC";
  }

  @Override
  public CompletableFuture<Void> account(AccountId account) {
    var request = GetAccountRequest.newBuilder().setName(account.name()).build();
    return call(SampoGrpc.getGetAccountMethod(), request).thenAccept(GrpcApi::requireAccount);
  }

  @Override
  public CompletableFuture<Void> submit(SignedTransaction transaction) {
    var request =
        SubmitTransactionRequest.newBuilder()
            .setSignedTransaction(ByteString.copyFrom(transaction.encoded().toByteArray()))
            .setWaitForCommitMs((int) ANSWER_MAX.toMillis())
            .build();
    return call(SampoGrpc.getSubmitTransactionMethod(), request)
        .thenAccept(GrpcApi::requireCommitted);
  }

  private static void requireAccount(Account answer) {
    if (!answer.getExists()) {
      throw new IllegalStateException("there is no account " + answer.getName());
    }
  }

  private static void requireCommitted(TransactionStatus answer) {
    if (answer.getOutcome() != Outcome.OUTCOME_COMMITTED) {
      throw new IllegalStateException("the outcome is " + answer.getOutcome());
    }
  }

  private <Q, R> CompletableFuture<R> call(MethodDescriptor<Q, R> method, Q request) {
    var answer = new CompletableFuture<R>();
    ClientCalls.asyncUnaryCall(
        channel.newCall(
            method,
            CallOptions.DEFAULT.withDeadlineAfter(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)),
        request,
        new StreamObserver<R>() {
          @Override
          public void onNext(R response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable thrown) {
            answer.completeExceptionally(thrown);
          }

          @Override
          public void onCompleted() {
            // The one answer of a unary call came by onNext, or onError follows.
          }
        });
    return answer;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
