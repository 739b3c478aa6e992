package dev.sampo.node.peer;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.util.ByteString;

/**
 * Which ledgers a node hosts, as it tells its peers: u16 count, then for each ledger its id (32)
 * and the u64 writer epoch of the copy (protocol V1), in ascending order of the ids. Each such
 * frame replaces the one before. It is not signed, because the handshake has proved the key.
 *
 * @param epochs at least 1 each
 */
record Hosting(SortedMap<LedgerId, Long> epochs) {

  /** No node hosts more. */
  static final int LEDGERS_MAX = 64;

  private static final int ENTRY_BYTES = LedgerId.LENGTH + Long.BYTES;

  /** Length of the longest encoding in bytes. */
  static final int BYTES_MAX = Short.BYTES + LEDGERS_MAX * ENTRY_BYTES;

  static final Hosting NONE = new Hosting(new TreeMap<>());

  private record Entry(LedgerId ledger, long epoch) {
    static Entry read(WireReader in) throws Malformed {
      return new Entry(new LedgerId(in.fixed(LedgerId.LENGTH)), in.u64());
    }
  }

  Hosting {
    epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
    if (epochs.size() > LEDGERS_MAX || epochs.values().stream().anyMatch(epoch -> epoch < 1)) {
      throw new IllegalArgumentException("at most 64 ledgers, epochs from 1: " + epochs);
    }
  }

  /** The writer epoch of the node's copy; nothing if it hosts none. */
  OptionalLong epochOf(LedgerId ledger) {
    var epoch = epochs.get(ledger);
    return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  Hosting with(LedgerId ledger, long epoch) {
    var changed = new TreeMap<>(epochs);
    changed.put(ledger, epoch);
    return new Hosting(changed);
  }

  Hosting without(LedgerId ledger) {
    var changed = new TreeMap<>(epochs);
    changed.remove(ledger);
    return new Hosting(changed);
  }

  ByteString encoded() {
    var content =
        WireWriter.encode(
            out -> {
              out.u16(epochs.size());
              for (Map.Entry<LedgerId, Long> each : epochs.entrySet()) {
                out.fixed(each.getKey().value()).u64(each.getValue());
              }
            });
    return Frame.encode(Frame.HOSTING, content);
  }

  static Hosting decode(Bytes content) throws Malformed {
    return WireReader.decode(content, Hosting::read);
  }

  private static Hosting read(WireReader in) throws Malformed {
    int count = in.u16();
    if (count > LEDGERS_MAX) {
      throw new Malformed("a node that hosts " + count + " ledgers");
    }
    var epochs = new TreeMap<LedgerId, Long>();
    for (int i = 0; i < count; i++) {
      var entry = Entry.read(in);
      boolean isInOrder = epochs.isEmpty() || epochs.lastKey().compareTo(entry.ledger()) < 0;
      if (!isInOrder || entry.epoch() < 1) {
        throw new Malformed("ledgers are in order and epochs count from 1");
      }
      epochs.put(entry.ledger(), entry.epoch());
    }
    return new Hosting(epochs);
  }
}
