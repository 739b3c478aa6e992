package dev.sampo.benchmarks.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** HTTP/1.1 and JSON, over as many connections as there are requests at a time. */
final class HttpApi implements Api {

  private static final int OK = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final URI node;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpApi(String endpoint) {
    node = URI.create(endpoint);
  }

  @Override
  public String name() {
    return "HTTP/JSON";
  }

  @Override
  public CompletableFuture<Void> account(AccountId account) {
    return answer(request("/v1/accounts/" + account.name()).GET().build())
        .thenAccept(answer -> require(answer.path("exists").asBoolean(), answer));
  }

  @Override
  public CompletableFuture<Void> submit(SignedTransaction transaction) {
    var body =
        "{\"transaction_base64\":\"%s\",\"wait_for_commit_ms\":%d}"
            .formatted(
                Base64.getEncoder().encodeToString(transaction.encoded().toByteArray()),
                ANSWER_MAX.toMillis());
    return answer(
            request("/v1/transactions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build())
        .thenAccept(answer -> require(answer.path("outcome").asText().equals("COMMITTED"), answer));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(node.resolve(path)).timeout(ANSWER_MAX);
  }

  private CompletableFuture<JsonNode> answer(HttpRequest request) {
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(
            response -> {
              var answer = parsed(response.body());
              require(response.statusCode() == OK, answer);
              return answer;
            });
  }

  private JsonNode parsed(byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException malformed) {
      throw new UncheckedIOException("the answer is not JSON", malformed);
    }
  }

  private static void require(boolean isAsWanted, JsonNode answer) {
    if (!isAsWanted) {
      throw new IllegalStateException("another answer than was asked for: " + answer);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
