package dev.sampo.simulation.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Link;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.proxy.LinkCondition.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultyLinksTest {

  private final FaultyLinks links = new FaultyLinks(4);

  private LinkCondition condition(int from, int to) {
    return links.condition(new DirectedLink(from, to));
  }

  @Test
  void aPartitionSeversTheGroupsAndThoseInNone() {
    links.note(new Fault.Partition(List.of(List.of(0, 1), List.of(2))));

    assertThat(condition(0, 1)).isEqualTo(LinkCondition.CLEAR);
    assertThat(condition(0, 2).traffic()).isEqualTo(Traffic.BLACKHOLED);
    assertThat(condition(2, 3).traffic()).isEqualTo(Traffic.BLACKHOLED);
    assertThat(condition(3, 0).traffic()).isEqualTo(Traffic.BLACKHOLED);
  }

  @Test
  void aCutIsOneWay() {
    links.note(new Fault.Cut(0, 1));

    assertThat(condition(0, 1).traffic()).isEqualTo(Traffic.BLACKHOLED);
    assertThat(condition(1, 0)).isEqualTo(LinkCondition.CLEAR);
  }

  @Test
  void delaysAndLossesAddUpAndTheLaterWins() {
    links.note(new Fault.Delay(Link.of(0, 1), Duration.ofMillis(1), Duration.ofMillis(2)));
    links.note(new Fault.Delay(Link.ALL, Duration.ofMillis(3), Duration.ofMillis(4)));
    links.note(new Fault.Drop(Link.to(1), 20));

    assertThat(condition(0, 1))
        .isEqualTo(
            LinkCondition.CLEAR
                .withDelay(Duration.ofMillis(3), Duration.ofMillis(4))
                .withResets(20));
    assertThat(condition(1, 0).damage()).isEqualTo(LinkCondition.Damage.NONE);
  }

  @Test
  void healingEndsAllOfIt() {
    links.note(new Fault.Partition(List.of(List.of(0))));
    links.note(new Fault.Cut(0, 1));
    links.note(new Fault.Drop(Link.ALL, 20));
    links.note(new Fault.Heal());

    assertThat(links.links())
        .hasSize(12)
        .allSatisfy(link -> assertThat(links.condition(link)).isEqualTo(LinkCondition.CLEAR));
  }

  @Test
  void saysWhatLinksCannotDo() {
    assertThatThrownBy(() -> links.note(new Fault.Duplicate(Link.ALL, 5)))
        .isInstanceOf(NotExpressible.class)
        .hasMessageContaining("TLS");
    assertThat(links.note(new Fault.Crash(0, Tail.LOST))).isFalse();
  }
}
