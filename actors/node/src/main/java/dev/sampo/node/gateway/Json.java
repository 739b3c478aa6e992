package dev.sampo.node.gateway;

import com.google.protobuf.Message;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers of HTTP with a body of JSON. */
final class Json {

  private Json() {}

  static HttpResponse of(Message message) {
    return ofText(MessageJson.of(message));
  }

  static HttpResponse ofText(String json) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, json));
  }
}
