package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Something that the global observer sees happen in a world. */
public sealed interface Observation {

  /** A validator starts from its disk. */
  record Started(ValidatorIndex by) implements Observation {}

  /** A validator's disk was put aside: what it promised before is lost to it. */
  record Lost(ValidatorIndex by) implements Observation {}

  /** A copy of a validator wrote to its store, which was in this writer epoch then (V1). */
  record Wrote(ValidatorIndex by, long copy, long epoch) implements Observation {}

  /** A validator computes a signature. */
  record Signed(ValidatorIndex by, Statement statement) implements Observation {}

  /** A message leaves a validator, for so many recipients. */
  record Sent(ValidatorIndex by, int recipients, PeerMessage message) implements Observation {}

  /** A checked message reaches a validator; told to those only who ask for it. */
  record Heard(ValidatorIndex by, ValidatorIndex from, PeerMessage message)
      implements Observation {}

  /** A promise is synced in a validator's journal. */
  record Promised(ValidatorIndex by, Promise promise) implements Observation {}

  /** Blocks and all that follows from them are synced in a validator's store. */
  record Stored(ValidatorIndex by, List<ExecutedBlock> blocks, StateReader state)
      implements Observation {}

  /** Batches and what may be acknowledged of them are synced in a validator's store. */
  record Appended(ValidatorIndex by, LaneWrites writes) implements Observation {}

  /** The mempool of a validator finds that all is available that a block orders (N4). */
  record FoundAvailable(ValidatorIndex by, Hash block) implements Observation {}

  /**
   * A client's transaction is taken in by a validator that knows of final blocks up to this one.
   */
  record TakenIn(ValidatorIndex by, Block newest) implements Observation {}

  /** Where the engine stands after its start, and after each step that changes it. */
  record Stands(ValidatorIndex by, EngineStatus status) implements Observation {}

  record Accused(ValidatorIndex by, Evidence evidence) implements Observation {}

  /** A validator stops itself. */
  record Halted(ValidatorIndex by, String reason) implements Observation {}

  /** What a validator keeps of what others can make grow. */
  record Held(ValidatorIndex by, int promises, int transactions, long batchBytes)
      implements Observation {}

  /** Enough signatures exist for a certificate, if every liar signs too; seen once. */
  record Constructible(Statement statement) implements Observation {}

  /** A client asks for something, for the first time. */
  record Invoked(Operation operation) implements Observation {}

  /** A client is told the outcome. */
  record Returned(Operation operation, Answer answer) implements Observation {}

  /** From now on all links and honest validators work. */
  record Healed(View latestView, Height height) implements Observation {}

  /** The run is over; all that should have happened has, or did not. */
  record Ended(List<Standing> honest, int openOperations, long events) implements Observation {}

  /** Where an honest validator is at the end; {@code up} is false if it is down. */
  record Standing(ValidatorIndex by, boolean up, View view, Height height) {}

  /** What a client wants; {@code number} is unique in the run. */
  sealed interface Operation {
    int number();

    /** It may execute in blocks whose time is before {@code validUntil}. */
    record Write(int number, TransactionId id, LedgerTime validUntil) implements Operation {}

    record Read(int number, String account) implements Operation {}
  }

  /** What a client was told. */
  sealed interface Answer {

    /** The transaction stands there with this code. */
    record Executed(Height height, int index, String code) implements Answer {}

    /** It can never execute after this height. */
    record Expired(Height height) implements Answer {}

    record Balance(Height height, long amount) implements Answer {}
  }
}
