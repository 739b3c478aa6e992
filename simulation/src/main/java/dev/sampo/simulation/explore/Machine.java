package dev.sampo.simulation.explore;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.DurabilityGate;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.LinkedHashMap;
import java.util.List;

/** One machine: an engine behind its barrier, durable records, timers; several lives. */
final class Machine {

  private final int number;
  private final ValidatorIndex index;
  private final boolean honest;
  private final Records records;
  private final LinkedHashMap<TimerId, Long> armed = new LinkedHashMap<>();
  private final LinkedHashMap<Long, Effect.Persist> writing = new LinkedHashMap<>();
  private final LinkedHashMap<View, Effect.Finalized> executing = new LinkedHashMap<>();
  private ConsensusEngine engine;
  private DurabilityGate gate = new DurabilityGate();
  private EngineStatus status;
  private Block delivered;
  private int life;
  private int boundary;
  private boolean down;

  Machine(int number, ValidatorIndex index, boolean honest, Block genesis, ConsensusEngine first) {
    this.number = number;
    this.index = index;
    this.honest = honest;
    this.records = new Records(genesis);
    this.engine = first;
    this.status = first.status();
    this.delivered = genesis;
  }

  int number() {
    return number;
  }

  ValidatorIndex index() {
    return index;
  }

  boolean isHonest() {
    return honest;
  }

  Records records() {
    return records;
  }

  /** Counts up at each start, so that what was meant for an earlier life is recognized. */
  int life() {
    return life;
  }

  EngineStatus status() {
    return status;
  }

  View view() {
    return status.view();
  }

  /** The newest block that was handed to execution in this life, or stored before. */
  Block delivered() {
    return delivered;
  }

  boolean isDown() {
    return down;
  }

  /** Whatever is not durable is gone. */
  void reborn(ConsensusEngine next) {
    life++;
    engine = next;
    gate = new DurabilityGate();
    armed.clear();
    writing.clear();
    executing.clear();
    down = false;
    delivered = records.recovered().lastFinal();
    status = next.status();
  }

  void stop() {
    life++;
    down = true;
  }

  /** The effects that may be performed now. */
  List<Effect> step(Input input, Moment now) {
    var effects = gate.admit(engine.step(input, now));
    status = engine.status();
    return effects;
  }

  /** Which group of promises this is, counted from 1 over all lives. */
  int begins(Effect.Persist persist) {
    writing.put(persist.sequence(), persist);
    return ++boundary;
  }

  /** The group is on disk; the effects that waited for it. */
  List<Effect> synced(long sequence) {
    var persist = writing.remove(sequence);
    if (persist != null) {
      records.sync(persist.promises());
    }
    return gate.persisted(sequence);
  }

  void executes(Effect.Finalized finalized) {
    delivered = finalized.blocks().getLast();
    executing.put(delivered.view(), finalized);
  }

  /** D6: the group that ends with the block of this view is stored with its proof. */
  void stored(View view) {
    var finalized = executing.remove(view);
    if (finalized != null) {
      records.store(finalized.blocks(), finalized.proof());
    }
  }

  void armed(TimerId timer, long alarm) {
    armed.put(timer, alarm);
  }

  void disarmed(TimerId timer) {
    armed.remove(timer);
  }

  boolean isArmed(TimerId timer, long alarm) {
    var current = armed.get(timer);
    return current != null && current == alarm;
  }
}
