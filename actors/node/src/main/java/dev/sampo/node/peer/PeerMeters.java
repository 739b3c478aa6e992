package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.ValidatorIndex;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of peer links. Thread-safe. */
final class PeerMeters {

  /** Frames and bytes of one stream of one peer in one direction, heartbeats left out. */
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

  Traffic sent(ValidatorIndex peer, PeerStream stream) {
    return traffic(peer, stream, "out");
  }

  Traffic received(ValidatorIndex peer, PeerStream stream) {
    return traffic(peer, stream, "in");
  }

  private Traffic traffic(ValidatorIndex peer, PeerStream stream, String direction) {
    var tags = tags(peer, stream).and("direction", direction);
    return new Traffic(
        registry.counter("sampo.peer.frames", tags), registry.counter("sampo.peer.bytes", tags));
  }

  Counter dropped(ValidatorIndex peer, PeerStream stream) {
    return registry.counter("sampo.peer.dropped.frames", tags(peer, stream));
  }

  Counter reconnects(ValidatorIndex peer, PeerStream stream) {
    return registry.counter("sampo.peer.reconnects", tags(peer, stream));
  }

  /** Frames of a copy of which the peer has a newer one. */
  Counter outdated(ValidatorIndex peer) {
    return registry.counter("sampo.peer.outdated.frames", "peer", peer.toString());
  }

  Counter refused(Refusal reason) {
    return registry.counter("sampo.peer.refused.connections", "reason", reason.label());
  }

  /** 1 while votes reach the peer, else 0. */
  AtomicInteger reachable(ValidatorIndex peer) {
    return registry.gauge(
        "sampo.peer.reachable", Tags.of("peer", peer.toString()), new AtomicInteger());
  }

  static String label(PeerStream stream) {
    return stream.name().toLowerCase(Locale.ROOT);
  }

  private static Tags tags(ValidatorIndex peer, PeerStream stream) {
    return Tags.of("peer", peer.toString(), "stream", label(stream));
  }
}
