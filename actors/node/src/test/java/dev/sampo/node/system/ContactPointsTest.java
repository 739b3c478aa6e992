package dev.sampo.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.node.system.Membership.Endpoint;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is found, at most one node forms a cluster. */
final class ContactPointsTest {

  private static final Endpoint SELF = new Endpoint("10.0.0.1", 7000);
  private static final Endpoint OTHER = new Endpoint("10.0.0.2", 7000);

  @Test
  void onlyTheNodeThatMayFormComesFirstInItsOwnList() {
    var points = ContactPoints.of(SELF, List.of(OTHER, SELF));

    assertThat(points.seeds(true, 2)).contains(List.of("10.0.0.1:7000", "10.0.0.2:7000"));
    assertThat(points.seeds(false, 2)).contains(List.of("10.0.0.2:7000"));
  }

  @Test
  void nobodyJoinsWithoutEnoughOthers() {
    var alone = ContactPoints.of(SELF, List.of(SELF));

    assertThat(alone.seeds(false, 1)).isEmpty();
    assertThat(alone.seeds(true, 2)).as("it may have restarted while the others run").isEmpty();
    assertThat(alone.seeds(true, 1)).contains(List.of("10.0.0.1:7000"));
  }

  @Test
  void leavesOutWhatMakesNoSense() {
    var points =
        ContactPoints.of(
            SELF,
            List.of(
                new Endpoint("", 7000),
                new Endpoint(" ", 7000),
                new Endpoint("h", 0),
                new Endpoint("h", -1),
                new Endpoint("h", 65_536),
                new Endpoint("h".repeat(254), 7000),
                OTHER,
                OTHER));

    assertThat(points.others()).containsExactly("10.0.0.2:7000");
  }

  @Test
  void looksAtABoundedNumber() {
    var many = IntStream.rangeClosed(1, 2 * ContactPoints.MAX).mapToObj(i -> new Endpoint("h", i));

    assertThat(ContactPoints.of(SELF, many.toList()).others()).hasSize(ContactPoints.MAX);
  }

  @Test
  void tellsWhoIsNoMember() {
    var points = ContactPoints.of(SELF, List.of(OTHER, new Endpoint("10.0.0.3", 7000)));

    assertThat(points.strangers(new TreeSet<>(List.of("10.0.0.1:7000", "10.0.0.2:7000"))))
        .containsExactly("10.0.0.3:7000");
  }
}
