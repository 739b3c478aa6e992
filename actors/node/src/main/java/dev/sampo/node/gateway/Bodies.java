package dev.sampo.node.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;

/** Reads the bodies of requests, which are JSON or the bytes themselves, within bounds. */
final class Bodies {

  private static final Duration TIME_MAX = Duration.ofSeconds(5);

  private final Errors errors;
  private final Materializer materializer;

  Bodies(Errors errors, Materializer materializer) {
    this.errors = errors;
    this.materializer = materializer;
  }

  /** Whether it is the bytes themselves; throws {@link Refused} if it is no JSON either. */
  boolean isRaw(Call call) {
    var type = call.request().entity().getContentType().mediaType();
    boolean raw = type.equals(MediaTypes.APPLICATION_OCTET_STREAM);
    boolean encoded = call.request().getHeader("Content-Encoding").isPresent();
    if (encoded || !raw && !type.equals(MediaTypes.APPLICATION_JSON)) {
      drop(call);
      throw errors.refused(
          "UNSUPPORTED_MEDIA_TYPE", encoded ? "compressed or encoded" : type.toString());
    }
    return raw;
  }

  /** A body that nobody will read. */
  void drop(Call call) {
    call.request().discardEntityBytes(materializer);
  }

  /** One that is longer fails with {@code tooLarge}, and one that takes long with a timeout. */
  CompletionStage<byte[]> read(Call call, long bytesMax, String tooLarge) {
    var entity = (RequestEntity) call.request().entity().withSizeLimit(bytesMax);
    return entity
        .toStrict(TIME_MAX.toMillis(), bytesMax, materializer)
        .exceptionallyCompose(
            thrown -> CompletableFuture.failedFuture(failure(thrown, bytesMax, tooLarge)))
        .thenApply(body -> body.getData().toArray());
  }

  private Throwable failure(Throwable thrown, long bytesMax, String tooLarge) {
    return switch (Errors.unwrapped(thrown)) {
      case TimeoutException _ -> errors.refused("REQUEST_TIMEOUT", "the body took longer than 5 s");
      case EntityStreamSizeException _ ->
          errors.refused(tooLarge, "the body has more than " + bytesMax + " bytes");
      case Throwable other -> other;
    };
  }
}
