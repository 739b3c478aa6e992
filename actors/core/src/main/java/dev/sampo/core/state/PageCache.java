package dev.sampo.core.state;

import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.Table;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pages of the state tree that were used last; a page never changes. Not thread-safe. */
final class PageCache {

  private final EntryReader tables;
  private final Map<Bytes, Page> used;

  PageCache(EntryReader tables, int pagesMax) {
    this.tables = tables;
    this.used =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Bytes, Page> eldest) {
            return size() > pagesMax;
          }
        };
  }

  Page page(Bytes key) {
    var cached = used.get(key);
    if (cached != null) {
      return cached;
    }
    var page = read(key);
    used.put(key, page);
    return page;
  }

  private Page read(Bytes key) {
    var stored =
        tables
            .get(Table.TREE, key)
            .orElseThrow(() -> new InvariantViolation("the state tree lacks the page " + key));
    try {
      return WireReader.decode(stored, Page::readFrom);
    } catch (Malformed damaged) {
      throw new InvariantViolation("the state tree's page " + key + " is damaged", damaged);
    }
  }

  void put(Bytes key, Page page) {
    used.put(key, page);
  }

  void remove(Bytes key) {
    used.remove(key);
  }
}
