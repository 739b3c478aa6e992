package dev.sampo.node.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** An error as HTTP answers it: RFC 9457 problem details with the catalogue's members. */
final class Problem {

  private static final ContentType.NonBinary TYPE =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private Problem() {}

  static HttpResponse response(Refused refused, String path) {
    var error = refused.error();
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "urn:sampo:error:" + error.code())
            .put("title", error.title())
            .put("status", error.httpStatus())
            .put("detail", refused.detail())
            .put("instance", path)
            .put("code", error.code())
            .put("retryable", error.retryable())
            .put("safe_to_resubmit", error.safeToResubmit())
            .put("what_to_do", error.whatToDo());
    var response =
        HttpResponse.create()
            .withStatus(StatusCodes.get(error.httpStatus()))
            .withEntity(HttpEntities.create(TYPE, body.toString()))
            .addHeader(RawHeader.create(GrpcApi.CODE, error.code()));
    boolean pause = error.httpStatus() == TOO_MANY_REQUESTS || error.httpStatus() == UNAVAILABLE;
    return pause ? response.addHeader(RawHeader.create("Retry-After", "1")) : response;
  }
}
