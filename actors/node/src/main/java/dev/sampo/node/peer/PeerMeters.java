package dev.sampo.node.peer;

import dev.sampo.core.message.PeerLane;
import dev.sampo.core.types.ValidatorIndex;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of peer links. Thread-safe. */
final class PeerMeters {

  /** Frames and bytes of one lane of one peer in one direction, heartbeats left out. */
  record Traffic(Counter frames, Counter bytes) {
    void count(int frameCount, int byteCount) {
      frames.increment(frameCount);
      bytes.increment(byteCount);
    }
  }

  private final MeterRegistry registry;

  PeerMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  Traffic sent(ValidatorIndex peer, PeerLane lane) {
    return traffic(peer, lane, "out");
  }

  Traffic received(ValidatorIndex peer, PeerLane lane) {
    return traffic(peer, lane, "in");
  }

  private Traffic traffic(ValidatorIndex peer, PeerLane lane, String direction) {
    var tags = tags(peer, lane).and("direction", direction);
    return new Traffic(
        registry.counter("sampo.peer.frames", tags), registry.counter("sampo.peer.bytes", tags));
  }

  Counter dropped(ValidatorIndex peer, PeerLane lane) {
    return registry.counter("sampo.peer.dropped.frames", tags(peer, lane));
  }

  Counter reconnects(ValidatorIndex peer, PeerLane lane) {
    return registry.counter("sampo.peer.reconnects", tags(peer, lane));
  }

  Counter refused(Refusal reason) {
    return registry.counter("sampo.peer.refused.connections", "reason", reason.label());
  }

  /** 1 while votes reach the peer, else 0. */
  AtomicInteger reachable(ValidatorIndex peer) {
    return registry.gauge(
        "sampo.peer.reachable", Tags.of("peer", peer.toString()), new AtomicInteger());
  }

  static String label(PeerLane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }

  private static Tags tags(ValidatorIndex peer, PeerLane lane) {
    return Tags.of("peer", peer.toString(), "lane", label(lane));
  }
}
