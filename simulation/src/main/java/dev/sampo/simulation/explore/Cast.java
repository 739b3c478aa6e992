package dev.sampo.simulation.explore;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The ledger of every scenario, its four validators, and who leads in which order. */
final class Cast {

  static final int VALIDATORS = 4;

  private final Genesis genesis;
  private final Block genesisBlock;
  private final Notary notary;
  private final List<ValidatorIndex> turns;
  private final LinkedHashMap<Long, List<SignedTransaction>> payloads = new LinkedHashMap<>();

  private Cast(Genesis genesis) {
    this.genesis = genesis;
    this.genesisBlock = genesis.block();
    this.notary = new Notary(genesis);
    this.turns = leaders();
  }

  static Cast assemble() {
    var keys =
        IntStream.range(0, VALIDATORS)
            .mapToObj(i -> Sha256.hash(WireWriter.encode(out -> out.u32(i))))
            .map(hash -> new PublicKey(hash.value()))
            .sorted()
            .toList();
    return new Cast(
        new Genesis(
            Sha256.hash(Bytes.EMPTY).value(),
            "simplex",
            LedgerTime.ofMillis(1_000_000),
            new ValidatorSet(keys),
            new LedgerParameters(1 << 20, 600_000, 4_000_000, 1, 5_000),
            "explored",
            Bytes.EMPTY));
  }

  Genesis genesis() {
    return genesis;
  }

  /** Hashed once. */
  Block genesisBlock() {
    return genesisBlock;
  }

  Notary notary() {
    return notary;
  }

  /** Who each machine is: the twins a and b lead view {@code turn}, the others follow in order. */
  List<ValidatorIndex> indices(int turn) {
    var others = new ArrayList<>(turns);
    var twin = others.remove(turn - 1);
    var indices = new ArrayList<>(List.of(twin, twin));
    indices.addAll(others);
    return List.copyOf(indices);
  }

  /**
   * What the mempool of a machine holds in a view: twins that both lead propose different blocks.
   */
  List<SignedTransaction> payload(int machine, View view) {
    long number = view.number() * RoundPlan.MACHINES + machine;
    return payloads.computeIfAbsent(number, Cast::transactions);
  }

  private static List<SignedTransaction> transactions(long number) {
    var body = WireWriter.encode(out -> out.u64(number));
    var key = new PublicKey(Sha256.hash(Bytes.EMPTY).value());
    var signature = new Signature(Bytes.owning(new byte[Signature.LENGTH]));
    return List.of(new SignedTransaction(body, SignedTransaction.ED25519, key, signature));
  }

  /**
   * Asks an engine, which alone knows the schedule: it reports the leader of each view it enters.
   */
  private List<ValidatorIndex> leaders() {
    var first = List.of(ValidatorIndex.of(0));
    var engine = new SimplexEngine(genesis, first.getFirst());
    var start = new Moment(0, genesis.time());
    var recovered = new Recovered(List.of(), genesis.block(), Optional.empty());
    var leaders = new ArrayList<>(reported(engine.step(new Input.Started(recovered), start)));
    for (int view = 1; view < VALIDATORS; view++) {
      var statement = new Statement.Nullify(Epoch.ZERO, View.of(view));
      var votes =
          IntStream.range(1, VALIDATORS)
              .mapToObj(ValidatorIndex::of)
              .map(signer -> new Vote(statement, signer, notary.sign(statement, signer)))
              .toList();
      var sender = ValidatorIndex.of(1);
      var message = new Certificates(List.of(Certificate.of(statement, votes)), List.of());
      var received =
          new Input.MessageReceived(
              sender, View.ZERO, notary.verified(sender, first, message).getFirst());
      leaders.addAll(reported(engine.step(received, start)));
    }
    return List.copyOf(leaders);
  }

  private static List<ValidatorIndex> reported(List<Effect> effects) {
    return effects.stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Report(EngineEvent.ViewEntered(_, var leader))
                    ? Optional.of(leader).stream()
                    : Optional.<ValidatorIndex>empty().stream())
        .toList();
  }
}
