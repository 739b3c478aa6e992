package dev.sampo.simulation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.world.EventQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every byte that is sent arrives once, after its queues and its distance. */
final class LinksTest {

  private static final long MEGABIT = 1_000_000;
  private static final int PACKET = 12_500; // a tenth of a megabit

  private final Shape shape = new Shape(3, 2, 1);
  private final EventQueue queue = new EventQueue(new SplittableRandom(1));
  private final Links links =
      new Links(shape, Hardware.DEFAULT.withLink(10 * MEGABIT).withBetween(2 * MEGABIT), queue);
  private final List<Long> arrivals = new ArrayList<>();

  @Test
  void aMessageTakesItsSendersLinkAndTheDistance() {
    carry(0, 1);
    carry(0, 1);

    finish();

    assertThat(arrivals).containsExactly(millis(10.5), millis(20.5));
  }

  @Test
  void betweenDataCentresItTakesTheirLinkToo() {
    carry(0, 2);
    carry(1, 3);
    carry(0, 4);

    finish();

    // 10 ms each on their senders' links, 50 ms on the one between, 20 or 30 ms of distance.
    assertThat(arrivals).containsExactly(millis(80), millis(100), millis(130));
  }

  @Test
  void dataCentresLieAsFarApartAsIsSaid() {
    assertThat(Hardware.DEFAULT.between(0, 1, 3)).isEqualTo(Duration.ofMillis(20));
    assertThat(Hardware.DEFAULT.between(2, 0, 3)).isEqualTo(Duration.ofMillis(30));
    assertThat(Hardware.DEFAULT.between(1, 2, 3)).isEqualTo(Duration.ofMillis(40));
    assertThat(Hardware.DEFAULT.between(1, 0, 2)).isEqualTo(Duration.ofMillis(20));
    assertThat(Hardware.DEFAULT.between(2, 3, 4)).isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void bytesAreConservedAndALinkIsBusyAsLongAsItsBytesTake() {
    var random = new SplittableRandom(3);
    long sent = 0;
    for (int i = 0; i < 2_000; i++) {
      int from = random.nextInt(6);
      int to = (from + 1 + random.nextInt(5)) % 6;
      int bytes = random.nextInt(1, 3_000);
      sent += bytes;
      links.carry(from, to, bytes, () -> arrivals.add(queue.nanos()));
      queue.next(i * 100_000L);
    }
    var inside = links.inside();
    var outside = links.outside();
    assertThat(inside.sent() + outside.sent()).isEqualTo(sent);
    assertThat(outside.received()).isBetween(1L, outside.sent() - 1);

    finish();

    assertThat(links.inside().received()).isEqualTo(inside.sent());
    assertThat(links.outside().received()).isEqualTo(outside.sent());
    assertThat(arrivals).hasSize(2_000);
    assertThat(busy(links.own())).isEqualTo(sent * 8 * 100);
    assertThat(busy(links.between())).isEqualTo(outside.sent() * 8 * 500);
  }

  private void carry(int from, int to) {
    links.carry(from, to, PACKET, () -> arrivals.add(queue.nanos()));
  }

  private void finish() {
    boolean isMore = true;
    while (isMore) {
      isMore = queue.next(Duration.ofHours(1).toNanos());
    }
  }

  private long busy(List<Server> servers) {
    return servers.stream().mapToLong(each -> each.busy(queue.nanos())).sum();
  }

  private static long millis(double time) {
    return Math.round(time * 1e6);
  }
}
