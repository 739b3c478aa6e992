package dev.sampo.core.mempool;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.LedgerTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Waiting transactions: first in, first out for each sender, and the senders in turn. */
final class Queues {

  private static final class Queue {
    private final Map<TransactionId, Pending> waiting = new LinkedHashMap<>();
    private long bytes;
  }

  private final Map<AccountId, Queue> bySender = new LinkedHashMap<>();
  private final Map<TransactionId, Pending> byId = new TreeMap<>();
  private final Map<Hash, Pending> byDedupeKey = new TreeMap<>();
  private final NavigableMap<LedgerTime, NavigableSet<TransactionId>> byExpiry = new TreeMap<>();
  private long bytes;

  int count() {
    return byId.size();
  }

  long bytes() {
    return bytes;
  }

  int countOf(AccountId sender) {
    var queue = bySender.get(sender);
    return queue == null ? 0 : queue.waiting.size();
  }

  long bytesOf(AccountId sender) {
    var queue = bySender.get(sender);
    return queue == null ? 0 : queue.bytes;
  }

  Optional<Pending> find(TransactionId id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<Pending> findByKey(Hash dedupeKey) {
    return Optional.ofNullable(byDedupeKey.get(dedupeKey));
  }

  void add(Pending pending) {
    var queue = bySender.computeIfAbsent(pending.body().sender(), _ -> new Queue());
    queue.waiting.put(pending.id(), pending);
    queue.bytes += pending.length();
    bytes += pending.length();
    byId.put(pending.id(), pending);
    byDedupeKey.put(pending.dedupeKey(), pending);
    byExpiry.computeIfAbsent(pending.body().validUntil(), _ -> new TreeSet<>()).add(pending.id());
  }

  /** Removes a transaction; its sender is the last to have a turn then. */
  void remove(Pending pending) {
    var sender = pending.body().sender();
    var queue = bySender.remove(sender);
    var expiring = byExpiry.get(pending.body().validUntil());
    if (queue == null || expiring == null || queue.waiting.remove(pending.id()) == null) {
      throw new InvariantViolation("not waiting: " + pending.id());
    }
    queue.bytes -= pending.length();
    bytes -= pending.length();
    if (!queue.waiting.isEmpty()) {
      bySender.put(sender, queue);
    }
    byId.remove(pending.id());
    byDedupeKey.remove(pending.dedupeKey());
    expiring.remove(pending.id());
    if (expiring.isEmpty()) {
      byExpiry.remove(pending.body().validUntil());
    }
  }

  /** Those that no block with {@code time} or a later one executes. */
  List<Pending> expiredAt(LedgerTime time) {
    var expired = new ArrayList<Pending>();
    for (var ids : byExpiry.headMap(time, true).values()) {
      for (var id : ids) {
        expired.add(find(id).orElseThrow(() -> new InvariantViolation("not waiting: " + id)));
      }
    }
    return expired;
  }

  /** One turn after the other: the transactions of each sender in the order of their arrival. */
  List<List<Pending>> senders() {
    return bySender.values().stream().map(queue -> List.copyOf(queue.waiting.values())).toList();
  }
}
