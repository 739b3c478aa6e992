package dev.sampo.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.genesis.BacklogLimits;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.state.StateDelta;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Finalize;
import dev.sampo.core.vote.Statement.Notarize;
import dev.sampo.core.vote.Statement.Nullify;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.vote.Vote;
import dev.sampo.simulation.crypto.SimulatedSuite;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.invariant.Observation.Accused;
import dev.sampo.simulation.invariant.Observation.Answer;
import dev.sampo.simulation.invariant.Observation.Appended;
import dev.sampo.simulation.invariant.Observation.Constructible;
import dev.sampo.simulation.invariant.Observation.Ended;
import dev.sampo.simulation.invariant.Observation.FoundAvailable;
import dev.sampo.simulation.invariant.Observation.Halted;
import dev.sampo.simulation.invariant.Observation.Healed;
import dev.sampo.simulation.invariant.Observation.Held;
import dev.sampo.simulation.invariant.Observation.Invoked;
import dev.sampo.simulation.invariant.Observation.Lost;
import dev.sampo.simulation.invariant.Observation.Operation;
import dev.sampo.simulation.invariant.Observation.Promised;
import dev.sampo.simulation.invariant.Observation.Returned;
import dev.sampo.simulation.invariant.Observation.Sent;
import dev.sampo.simulation.invariant.Observation.Standing;
import dev.sampo.simulation.invariant.Observation.Stands;
import dev.sampo.simulation.invariant.Observation.Stored;
import dev.sampo.simulation.invariant.Observation.TakenIn;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every invariant is tripped by a violation made by hand. */
final class InvariantsTest {

  private static final Genesis GENESIS =
      new World(SimulationSettings.of(1).withValidators(4), FaultSchedule.NONE, Machines.SHIPPED)
          .genesis();
  private static final BacklogLimits LIMITS = GENESIS.parameters().backlog();
  private static final AssetId COIN = new AssetId("coin");
  private static final ValidatorIndex ZERO = ValidatorIndex.of(0);
  private static final ValidatorIndex ONE = ValidatorIndex.of(1);
  private static final ValidatorIndex THREE = ValidatorIndex.of(3);
  private static final View V1 = View.of(1);
  private static final View V2 = View.of(2);
  private static final Hash A = Sha256.hash(new byte[] {1});
  private static final Hash B = Sha256.hash(new byte[] {2});
  private static final LedgerTime VALID_UNTIL = LedgerTime.ofMillis(Long.MAX_VALUE / 2);
  private static final TransactionId PAYMENT = new TransactionId(A);

  static Stream<Arguments> backlogViolations() {
    return Stream.of(
        trips("EX7", storedBlock(ZERO, ahead(LIMITS.blocksMax() + 1, 0))),
        trips("EX7", storedBlock(ZERO, ahead(1, LIMITS.batchesMax() + 1))),
        trips("EX7", new TakenIn(ZERO, ahead((LIMITS.blocksMax() + 1) / 2, 0))),
        trips("EX7", new TakenIn(ZERO, ahead(1, (LIMITS.batchesMax() + 1) / 2))));
  }

  static Stream<Arguments> incarnationViolations() {
    var voted = ordering(1);
    var old = signed(ONE, ack(A));
    var again = signed(ONE, ack(A).by(1));
    return Stream.of(
        trips("RE4", new Sent(ONE, 1, new BatchAck(again))),
        trips("RE4", new Lost(ONE), new Sent(ONE, 1, new BatchAck(old))),
        trips("RE4", new Lost(ONE), incarnation(ONE, 1), new Sent(ONE, 1, new BatchAck(again))),
        trips("RE4", new Sent(ONE, 1, new BatchAck(old)), new Lost(ONE), incarnation(ONE, 0)),
        trips("RE4", proposed(voted), new FoundAvailable(ZERO, voted.hash())),
        // One of the two acknowledgements in the proof is void for the voter, who knows it.
        trips(
            "RE4",
            proven(A),
            new Appended(
                ZERO,
                new LaneWrites(
                    List.of(),
                    List.of(),
                    List.of(signed(ONE, new Statement.Incarnate(Epoch.ZERO, 1))))),
            proposed(voted),
            new FoundAvailable(ZERO, voted.hash())));
  }

  private static Observation incarnation(ValidatorIndex of, int incarnation) {
    return new Promised(of, new Promise.RecoveredFrom(Epoch.ZERO, V2, incarnation));
  }

  private static Observation proven(Hash batch) {
    var acks = List.of(signed(ZERO, ack(batch)), signed(ONE, ack(batch)));
    return new Sent(ONE, 1, new AvailabilityProofs(List.of(Certificate.of(ack(batch), acks))));
  }

  private static Observation proposed(Block block) {
    return new Sent(ZERO, 1, new Proposal(block, signed(ZERO, ack(A)).signature(), List.of()));
  }

  @Test
  void findsNothingInAnAvailableLane() {
    var voted = ordering(1);
    var current = List.of(proven(A), proposed(voted), new FoundAvailable(ZERO, voted.hash()));
    assertThat(found(new Ground(GENESIS, new TreeSet<>()), current)).doesNotContain("RE4");
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        trips("I1", new Constructible(notarize(V1, A)), new Constructible(notarize(V1, B))),
        trips("I2", new Constructible(nullify(V1)), new Constructible(finalize(V1, A))),
        trips("I3", new Constructible(finalize(V1, A))),
        trips("I4", stored(ZERO, List.of())),
        trips("I5", vote(ZERO, notarize(V1, A)), vote(ZERO, notarize(V1, B))),
        trips("I5", vote(ZERO, nullify(V1)), vote(ZERO, finalize(V1, B))),
        trips("I6", vote(ZERO, nullify(V1))),
        trips(
            "I6",
            new Promised(ZERO, new Promise.Stated(finalize(V1, A))),
            vote(ZERO, finalize(V1, A))),
        trips("I7", stands(V2), stands(V1)),
        trips("I8", new Constructible(notarize(V1, A))),
        trips(
            "I8",
            new Sent(ZERO, 1, new BlockResponse(GENESIS.block())),
            new Constructible(notarize(V2, GENESIS.block().hash()))),
        trips(
            "I9",
            new Accused(
                ZERO,
                new Evidence.ConflictingVotes(
                    signed(ONE, notarize(V1, A)), signed(ONE, notarize(V1, B))))),
        trips("I11", new Sent(ZERO, 1, thinCertificate())),
        trips("I14", execution(A, 0), execution(A, 1)),
        trips("I16", attest(ZERO, A), attest(ONE, B)),
        trips("I12", storedBlock(ZERO, ordering(5_000))),
        trips("I13", storedBlock(ZERO, ordering(1))),
        trips("I15", acked(A), acked(B)),
        trips("I15", acked(A)),
        trips("I6", new Sent(ZERO, 1, new BatchAck(signed(ZERO, ack(A))))),
        trips("I19", new Held(ZERO, 1_000_000, 0, 0)),
        trips("I19", new Held(ZERO, 0, 0, Long.MAX_VALUE)),
        trips("I20", new Sent(ZERO, 1_000_000, new ConsensusVote(signed(ZERO, nullify(V1))))),
        trips("N1", storedBlock(ZERO, asOldAsItsParent())),
        trips("2.2", vote(ONE, notarize(V1, A)), new Sent(ZERO, 1, certificate(finalize(V1, A)))),
        trips("2.2", new Promised(ZERO, new Promise.CertificateHeld(signedByOne(nullify(V1))))),
        trips("2.13", new Sent(ZERO, 1, unprovenHistory())),
        trips("conservation", coins(5), coins(6)),
        trips("receipts", told(0, new Answer.Executed(Height.of(1), 0, Receipt.OK))),
        trips("receipts", told(0, new Answer.Expired(Height.of(1))), execution(A, 0)),
        trips("receipts", told(0, new Answer.Expired(Height.ZERO))),
        trips(
            "linearizable",
            told(0, new Answer.Executed(Height.of(5), 0, Receipt.OK)),
            new Invoked(new Operation.Write(1, PAYMENT, VALID_UNTIL)),
            told(1, new Answer.Executed(Height.of(4), 0, Receipt.OK))),
        trips("linearizable", read(0, 5), read(1, 6)),
        trips("no halt", new Halted(ZERO, "because")),
        trips("L1", healed(), ended(V1, Height.of(2), 0, 0)),
        trips("L2", healed(), ended(V2, Height.of(1), 0, 0)),
        trips("L3", healed(), ended(V2, Height.of(2), 1, 0)),
        trips("L4", healed(), ended(V2, Height.of(1), 0, 0)),
        trips("L5", healed(), ended(V2, Height.of(2), 0, 1_000_000_000L)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"violations", "backlogViolations", "incarnationViolations"})
  void isTrippedBy(String id, List<Observation> observations) {
    assertThat(found(new Ground(GENESIS, new TreeSet<>()), observations)).contains(id);
  }

  @Test
  void findsNothingWhereNothingHappens() {
    assertThat(found(new Ground(GENESIS, new TreeSet<>()), List.of(stands(V1), stands(V2))))
        .isEmpty();
  }

  @Test
  void asksForEvidenceOfAForkThatTooManyLiarsMade() {
    var liars = new TreeSet<>(List.of(ValidatorIndex.of(2), ValidatorIndex.of(3)));
    var ground = new Ground(GENESIS, liars);
    var fork = new ForkIsAttributed(ground);
    var violated = new ArrayList<String>();
    var other = GENESIS.block();

    fork.observe(stored(ZERO, List.of()), findings(violated));
    fork.observe(storedBlock(ONE, forked(other)), findings(violated));
    fork.observe(new Ended(List.of(), 0, 0), findings(violated));

    assertThat(violated).containsExactly("I10");
  }

  @Test
  void takesSignaturesForGivenThatTheirOwnersSent() {
    var rule = new SignaturesWereGiven(new Ground(GENESIS, new TreeSet<>(List.of(THREE))));
    var violated = new ArrayList<String>();

    rule.observe(vote(ONE, nullify(V1)), findings(violated));
    rule.observe(new Sent(ZERO, 1, certificate(nullify(V1))), findings(violated));
    rule.observe(new Sent(THREE, 1, certificate(finalize(V1, A))), findings(violated));

    assertThat(violated).isEmpty();
  }

  @Test
  void countsTheMessagesOfABlock() {
    var counts = new MessageCounts(new Ground(GENESIS, new TreeSet<>()));
    var violated = new ArrayList<String>();
    var vote = new ConsensusVote(signed(ZERO, nullify(V1)));

    counts.observe(new Sent(ZERO, 1_000, vote), findings(violated));
    counts.observe(new Ended(List.of(), 0, 0), findings(violated));

    assertThat(violated).containsExactly("I21");
  }

  @Test
  void asksThatFewViewsAreLostWithoutFaults() {
    var rule = new FewViewsAreLost();
    var violated = new ArrayList<String>();
    for (long view = 1; view <= 3; view++) {
      rule.observe(vote(ZERO, nullify(View.of(view))), findings(violated));
    }

    rule.observe(stands(View.of(30)), findings(violated));
    rule.observe(new Ended(List.of(), 0, 0), findings(violated));
    assertThat(violated).isEmpty();

    rule.observe(vote(ZERO, nullify(View.of(4))), findings(violated));
    rule.observe(new Ended(List.of(), 0, 0), findings(violated));
    assertThat(violated).containsExactly("lost views");
  }

  private static List<String> found(Ground ground, List<Observation> observations) {
    var verifier =
        new CertificateVerifier(
            GENESIS.ledgerId(), Epoch.ZERO, GENESIS.validators(), new SimulatedSuite(1));
    var observer = new GlobalObserver(ground, Invariants.all(ground, verifier, COIN));
    observations.forEach(observer::observe);
    return observer.violations().stream().map(Violation::invariant).toList();
  }

  private static Invariant.Findings findings(List<String> violated) {
    return new Invariant.Findings() {
      @Override
      public void violated(Invariant invariant, String message) {
        violated.add(invariant.id());
      }

      @Override
      public long nanos() {
        return 0;
      }
    };
  }

  private static Arguments trips(String id, Observation... observations) {
    return Arguments.of(id, List.of(observations));
  }

  private static Statement notarize(View view, Hash block) {
    return new Notarize(Epoch.ZERO, view, block);
  }

  private static Statement nullify(View view) {
    return new Nullify(Epoch.ZERO, view);
  }

  private static Statement finalize(View view, Hash block) {
    return new Finalize(Epoch.ZERO, view, block);
  }

  private static Vote signed(ValidatorIndex by, Statement statement) {
    return new Vote(statement, by, new Signature(Bytes.owning(new byte[Signature.LENGTH])));
  }

  private static Observation vote(ValidatorIndex by, Statement statement) {
    return new Sent(by, 3, new ConsensusVote(signed(by, statement)));
  }

  private static Observation attest(ValidatorIndex by, Hash root) {
    var statement = new StateAttest(Epoch.ZERO, Height.of(1), A, root, A);
    return new Sent(by, 3, new Attestation(signed(by, statement)));
  }

  private static PeerMessage thinCertificate() {
    var vote = signed(ZERO, nullify(V1));
    return new Certificates(List.of(Certificate.of(nullify(V1), List.of(vote))), List.of());
  }

  private static PeerMessage certificate(Statement statement) {
    return new Certificates(List.of(signedByOne(statement)), List.of());
  }

  private static Certificate signedByOne(Statement statement) {
    return Certificate.of(statement, List.of(signed(ONE, statement)));
  }

  private static Observation stands(View view) {
    return new Stands(ZERO, new EngineStatus(Epoch.ZERO, view, ZERO, View.ZERO, Height.ZERO));
  }

  private static Observation told(int operation, Answer answer) {
    return new Returned(new Operation.Write(operation, PAYMENT, VALID_UNTIL), answer);
  }

  private static Observation read(int operation, long amount) {
    return new Returned(
        new Operation.Read(operation, "account0"), new Answer.Balance(Height.of(3), amount));
  }

  private static Observation healed() {
    return new Healed(V1, Height.of(1));
  }

  private static Observation ended(View view, Height height, int open, long events) {
    return new Ended(List.of(new Standing(ZERO, true, view, height)), open, events);
  }

  /** The same transaction executed at this index of a block. */
  private static Observation execution(Hash id, int index) {
    var receipt =
        new Receipt(
            new TransactionId(id), Height.of(index), index, Receipt.OK, List.of(), Hash.ZERO);
    return stored(ZERO, List.of(new TransactionResult.Executed(receipt)));
  }

  private static Observation stored(ValidatorIndex by, List<TransactionResult> results) {
    return new Stored(by, List.of(executed(GENESIS.block(), results)), new Coins(1));
  }

  private static Observation storedBlock(ValidatorIndex by, Block block) {
    return new Stored(by, List.of(executed(block, List.of())), new Coins(1));
  }

  private static Block asOldAsItsParent() {
    var parent = GENESIS.block();
    var header = parent.header();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            new BlockHeader.Position(
                header.epoch(), V1, parent.height().next(), parent.hash(), View.ZERO),
            header.time(),
            header.proposer(),
            header.type(),
            header.content()),
        parent.cut(),
        parent.inline());
  }

  /** Orders a batch of the first lane that nobody has. */
  private static Block ordering(long height) {
    var block = asOldAsItsParent();
    var tips = new ArrayList<>(block.cut().tips());
    tips.set(0, new Cut.Tip(Height.of(height), A));
    return new Block(block.header(), new Cut(tips), block.inline());
  }

  /** So far above the certified state, which is that of genesis. */
  private static Block ahead(long height, long batches) {
    var block = ordering(batches);
    var header = block.header();
    var at = header.position();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            new BlockHeader.Position(
                at.epoch(), at.view(), Height.of(height), at.parent(), at.parentView()),
            header.time(),
            header.proposer(),
            BlockType.NORMAL,
            header.content()),
        block.cut(),
        block.inline());
  }

  private static Statement.Ack ack(Hash batch) {
    return new Statement.Ack(Epoch.ZERO, ONE, 0, Height.of(1), batch, false, 0);
  }

  private static Observation acked(Hash batch) {
    return new Appended(ZERO, new LaneWrites(List.of(), List.of(ack(batch)), List.of()));
  }

  private static PeerMessage unprovenHistory() {
    var block = asOldAsItsParent();
    var thin = finalize(V1, block.hash());
    var finalization = Certificate.of(thin, List.of(signed(ZERO, thin)));
    var proof = new FinalityProof(List.of(block.header()), finalization);
    return new FinalBlocks(List.of(block), Optional.of(proof));
  }

  private static Block forked(Block block) {
    var header = block.header();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            header.position(),
            header.time().plusMillis(1),
            header.proposer(),
            header.type(),
            header.content()),
        block.cut(),
        block.inline());
  }

  private static ExecutedBlock executed(Block block, List<TransactionResult> results) {
    var statement = new StateAttest(Epoch.ZERO, block.height(), block.hash(), A, A);
    return new ExecutedBlock(
        OrderedBlock.inline(block),
        results,
        statement,
        true,
        new StateDelta(List.of()),
        List.of(),
        new WriteSet(List.of()));
  }

  private static Observation coins(long amount) {
    return new Stored(ZERO, List.of(executed(GENESIS.block(), List.of())), new Coins(amount));
  }

  /** A state in which one account holds all coins. */
  private record Coins(long amount) implements StateReader {

    private static final Bytes ASSET = Assets.assetKey(COIN).name();

    @Override
    public Optional<Bytes> get(Bytes key) {
      return Optional.empty();
    }

    @Override
    public List<Entry> range(Bytes from, Bytes to, int limit) {
      if (from.compareTo(ASSET) <= 0 && ASSET.compareTo(to) < 0) {
        return List.of(new Entry(ASSET, Bytes.EMPTY));
      }
      var key = Assets.balanceKey(COIN, new dev.sampo.core.transaction.AccountId("a")).name();
      return from.compareTo(key) <= 0 && key.compareTo(to) < 0
          ? List.of(new Entry(key, dev.sampo.core.wire.WireWriter.encode(out -> out.u64(amount))))
          : List.of();
    }
  }
}
