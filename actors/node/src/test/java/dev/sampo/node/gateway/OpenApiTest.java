package dev.sampo.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.Block;
import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.ListLedgersResponse;
import dev.sampo.client.v1.MoveLedgerResponse;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.PacketStatus;
import dev.sampo.client.v1.Placement;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.TransactionStatus;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The published description of the HTTP API is what is served, no more and no less. */
class OpenApiTest {

  private static final JsonNode DOCUMENT = read(Resources.text("openapi.json"));

  private static JsonNode read(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Test
  void everyRouteIsDescribedAndEveryDescribedOneIsServed() {
    try (var gateway = new TestGateway()) {
      var described = new TreeSet<String>();
      for (var path : DOCUMENT.get("paths").properties()) {
        for (var operation : path.getValue().properties()) {
          described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
      var served = new TreeSet<String>();
      read(gateway.get("/").body()).get("urls").forEach(url -> served.add(url.asText()));

      assertThat(served).isEqualTo(described);
      assertThat(read(gateway.get("/openapi.json").body())).isEqualTo(DOCUMENT);
      for (var route : described) {
        var path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[a-z]+}", "0");
        var answer =
            route.startsWith("GET")
                ? (path.endsWith("/events") ? null : gateway.get(path))
                : gateway.post(path, "application/json", new byte[0]);
        if (answer != null) {
          assertThat(answer.body()).as(route).doesNotContain("ROUTE_NOT_FOUND");
          assertThat(answer.statusCode()).as(route).isNotIn(405, 500);
        }
      }
    }
  }

  @Test
  void theSchemasAreThoseOfTheGrpcMessages() {
    var messages = new TreeMap<String, Descriptor>();
    for (var root :
        new Descriptor[] {
          TransactionStatus.getDescriptor(),
          Account.getDescriptor(),
          Block.getDescriptor(),
          PacketStatus.getDescriptor(),
          Status.getDescriptor(),
          GenesisDocument.getDescriptor(),
          ListLedgersResponse.getDescriptor(),
          HostLedgerResponse.getDescriptor(),
          Placement.getDescriptor(),
          MoveLedgerResponse.getDescriptor()
        }) {
      collect(root, messages);
    }
    for (var message : messages.values()) {
      var schema = DOCUMENT.at("/components/schemas/" + message.getName());
      var fields = message.getFields().stream().map(FieldDescriptor::getName).toList();
      var properties = new ArrayList<String>();
      schema.path("properties").fieldNames().forEachRemaining(properties::add);
      var required = new ArrayList<String>();
      schema.path("required").forEach(name -> required.add(name.asText()));
      assertThat(properties).as(message.getName()).isEqualTo(fields);
      assertThat(required).as(message.getName()).isEqualTo(fields);
    }
    var outcomes = new ArrayList<String>();
    DOCUMENT.at("/components/schemas/Outcome/enum").forEach(each -> outcomes.add(each.asText()));
    assertThat(outcomes)
        .isEqualTo(
            Outcome.getDescriptor().getValues().stream()
                .map(value -> value.getName().substring("OUTCOME_".length()))
                .filter(name -> !name.equals("UNSPECIFIED"))
                .toList());
  }

  private static void collect(Descriptor message, Map<String, Descriptor> into) {
    if (into.put(message.getName(), message) == null) {
      for (var field : message.getFields()) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          collect(field.getMessageType(), into);
        }
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (var reference : DOCUMENT.findValuesAsText("$ref")) {
      assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }
}
