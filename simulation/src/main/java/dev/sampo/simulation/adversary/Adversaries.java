package dev.sampo.simulation.adversary;

import dev.sampo.simulation.fault.Behaviour;
import java.util.List;

/** Makes the adversary of a behaviour. */
public final class Adversaries {

  private Adversaries() {}

  /** A twin is honest in itself: it is the second machine that makes it lie. */
  public static Adversary of(Behaviour behaviour, Liar liar) {
    return switch (behaviour) {
      case EQUIVOCATE -> new Equivocator(liar);
      case TWIN -> List::of;
      case SILENT_LEADER -> new SilentLeader(liar);
      case LATE_LEADER -> new LateLeader(liar);
      case PROPOSE_THEN_NULLIFY -> new FickleLeader(liar);
      case OMIT_JUSTIFICATION -> new UnjustifiedLeader(liar);
      case STALE_PARENT -> new StaleLeader(liar);
      case WRONG_BODY -> new WrongBodyLeader(liar);
      case BAD_TIMESTAMP -> new UntimelyLeader(liar);
      case DOUBLE_NOTARIZE -> new DoubleNotarizer(liar);
      case NULLIFY_AND_FINALIZE -> new NullifyingFinalizer(liar);
      case FINALIZE_EARLY -> new EarlyFinalizer(liar);
      case NULLIFY_ALWAYS -> new EagerNullifier(liar);
      case PARTIAL_VOTES -> new PartialVoter(liar);
      case WITHHOLD -> new Withholder(liar);
      case REPLAY -> new Replayer(liar);
      case FUTURE_VIEWS -> new Futurist(liar);
      case BAD_SIGNATURES -> new BadSigner(liar);
      case MUTATE -> new Mutator(liar);
      case HALF_TRUTHS -> new HalfTruthTeller(liar);
      case FALSE_STATUS -> new Pretender(liar);
      case WRONG_STATE -> new WrongAttester(liar);
      case CENSOR -> new Censor(liar);
      case HUGE_REQUESTS -> new Nuisance(liar);
      case MUTE -> _ -> List.of();
      case RELABEL -> new Relabeller(liar);
      case FORGE_HISTORY -> new HistoryForger(liar);
      case FORGE_PARENT -> new ParentForger(liar);
      case REPEAT_TRANSACTIONS -> new Repeater(liar);
      case WITHHOLD_BATCHES -> new BatchWithholder(liar);
      case INVENT_TIPS -> new TipInventor(liar);
      case REVERT_CUT -> new CutReverser(liar);
      case FORK_LANE -> new LaneForker(liar);
      case OVERSTEP_WINDOW -> new WindowOverstepper(liar);
      case ACK_UNSTORED -> new HastyAcker(liar);
      case DOUBLE_ACK -> new DoubleAcker(liar);
      case FORGE_BATCHES -> new BatchForger(liar);
      case FORGE_INLINE -> new InlineForger(liar);
      case OVERSTEP_BACKLOG -> new BacklogOverstepper(liar);
    };
  }
}
