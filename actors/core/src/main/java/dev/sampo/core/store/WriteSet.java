package dev.sampo.core.store;

import dev.sampo.core.types.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Writes that become visible and durable together, applied in order. */
public record WriteSet(List<Write> writes) {

  /** One change of a table. */
  public sealed interface Write {

    record Put(Table table, Bytes key, Bytes value) implements Write {}

    record Delete(Table table, Bytes key) implements Write {}

    /** Deletes every entry with {@code from <= key < to}. */
    record DeleteRange(Table table, Bytes from, Bytes to) implements Write {}
  }

  public WriteSet {
    writes = List.copyOf(writes);
  }

  public static WriteSet of(List<WriteSet> parts) {
    var all = new ArrayList<Write>();
    parts.forEach(part -> all.addAll(part.writes));
    return new WriteSet(all);
  }
}
