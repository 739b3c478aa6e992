package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.lane.LaneRows.AckPlace;
import dev.sampo.core.lane.LaneRows.Acked;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.Table;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the store holds of lanes, read once at the start. */
final class StoredLanes {

  private final EntryReader tables;
  private final Map<ValidatorIndex, List<Batch>> batches = new TreeMap<>();
  private final Map<ValidatorIndex, Map<AckPlace, Acked>> acks = new TreeMap<>();

  /** Reads batches and acknowledgements from height {@code from} on. */
  StoredLanes(EntryReader tables, Height from) {
    this.tables = tables;
    tables
        .range(Table.LANE, LaneRows.batchesFrom(from), LaneRows.batchesEnd(), Integer.MAX_VALUE)
        .forEach(
            row ->
                batches
                    .computeIfAbsent(LaneRows.laneOf(row.key()), _ -> new ArrayList<>())
                    .add(LaneRows.batch(row.value())));
    tables
        .range(Table.LANE, LaneRows.acksFrom(from), LaneRows.acksEnd(), Integer.MAX_VALUE)
        .forEach(
            row ->
                acks.computeIfAbsent(LaneRows.laneOf(row.key()), _ -> new TreeMap<>())
                    .put(LaneRows.ackPlace(row.key()), LaneRows.acked(row.value())));
  }

  List<Batch> batchesAbove(ValidatorIndex lane, Height height) {
    return batches.getOrDefault(lane, List.of()).stream()
        .filter(batch -> batch.height().isAfter(height))
        .toList();
  }

  Map<AckPlace, Acked> acksAbove(ValidatorIndex lane, Height height) {
    var above = new TreeMap<>(acks.getOrDefault(lane, new TreeMap<>()));
    above.headMap(new AckPlace(height.next(), 0), false).clear();
    return above;
  }

  /** Whether an earlier life found invalid signatures in a batch of the lane: the first of each. */
  Map<Tip, Integer> forgedAbove(ValidatorIndex lane, Height height) {
    var forged = new LinkedHashMap<Tip, Integer>();
    tables
        .range(
            Table.LANE, LaneRows.forgedFrom(height.next()), LaneRows.forgedEnd(), Integer.MAX_VALUE)
        .forEach(
            row -> {
              if (LaneRows.laneOf(row.key()).equals(lane)) {
                forged.put(LaneRows.forgedBatch(row.key()), LaneRows.forgedEntry(row.value()));
              }
            });
    return forged;
  }

  /** The highest run of which a batch was acknowledged. */
  long highestRun(ValidatorIndex lane) {
    return tables.get(Table.LANE, LaneRows.runKey(lane)).map(LaneRows::run).orElse(0L);
  }
}
