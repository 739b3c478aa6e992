package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.cluster.demo.DemoPointer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code sampo status} is put together from, in a demo of several nodes per validator. */
final class DemoNodesTest {

  private static final String NOBODY = "http://127.0.0.1:1";

  private static DemoPointer demo(DemoPointer.Validator... nodes) {
    return new DemoPointer(
        1, FakeNode.LEDGER, Path.of("keys"), Path.of("control.sock"), List.of(nodes));
  }

  @Test
  void aValidatorIsWhereItsNodeIsThatHostsTheLedger() throws IOException {
    try (var host = new FakeNode();
        var idle = new FakeNode()) {
      idle.hostsNothing();
      var demo =
          demo(
              new DemoPointer.Validator("v1a", "a", idle.endpoint(), 11, "v1"),
              new DemoPointer.Validator("v1b", "a", host.endpoint(), 12, "v1"),
              new DemoPointer.Validator("v2a", "b", NOBODY, 21, "v2"),
              new DemoPointer.Validator("v2b", "b", idle.endpoint(), 22, "v2"));

      var picture = LedgerPicture.of(DemoNodes.ask(demo, FakeNode.LEDGER));

      assertThat(picture.rows()).extracting(LedgerPicture.Row::name).containsExactly("v1", "v2");
      var v1 = picture.rows().getFirst();
      assertThat(v1.reachable()).isTrue();
      assertThat(v1.pid()).contains(12L);
      assertThat(v1.said().orElseThrow().height()).isEqualTo(7);
      var place = v1.place().orElseThrow();
      assertThat(place.host()).contains("v1b");
      assertThat(place.nodes())
          .containsExactly(
              new LedgerPicture.Node("v1a", "a", 11, true, List.of()),
              new LedgerPicture.Node("v1b", "a", 12, true, List.of("main")));

      var v2 = picture.rows().getLast();
      assertThat(v2.reachable()).as("nobody of it hosts the ledger").isFalse();
      assertThat(v2.place().orElseThrow().host()).isEmpty();
      assertThat(v2.place().orElseThrow().nodes())
          .extracting(LedgerPicture.Node::reachable)
          .containsExactly(false, true);
      assertThat(picture.reachable()).isEqualTo(1);
    }
  }

  @Test
  void aValidatorOfOneNodeIsThatNode() throws IOException {
    try (var node = new FakeNode()) {
      var demo =
          demo(
              new DemoPointer.Validator("v1", "a", node.endpoint(), 11),
              new DemoPointer.Validator("v2", "b", NOBODY, 21));

      var picture = LedgerPicture.of(DemoNodes.ask(demo, FakeNode.LEDGER));

      assertThat(picture.rows()).allMatch(row -> row.place().isEmpty());
      assertThat(picture.rows())
          .extracting(LedgerPicture.Row::reachable)
          .containsExactly(true, false);
    }
  }

  @Test
  void theNodesOfAValidatorAreFoundByTheNameOfAny() {
    var demo =
        demo(
            new DemoPointer.Validator("v1a", "a", NOBODY, 11, "v1"),
            new DemoPointer.Validator("v1b", "a", NOBODY, 12, "v1"),
            new DemoPointer.Validator("v2a", "b", NOBODY, 21, "v2"));

    assertThat(demo.siblingsOf("v1b"))
        .extracting(DemoPointer.Validator::name)
        .containsExactly("v1a", "v1b");
    assertThat(demo.siblingsOf("v1")).isEmpty();
    assertThat(demo.keyOf("v1").getFileName()).hasToString("validator.key");
  }
}
