package dev.sampo.core.consensus.testing;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.consensus.simplex.Leaders;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Byzantine validator: as leader it sends two blocks to different validators, otherwise it
 * notarizes, nullifies and finalizes whatever it sees, each towards a random part of the others.
 */
final class Traitor implements World.Participant {

  private final World world;
  private final ValidatorIndex self;
  private final LinkedHashMap<Hash, Block> blocks = new LinkedHashMap<>();
  private final LinkedHashMap<Statement, TreeMap<ValidatorIndex, Vote>> votes =
      new LinkedHashMap<>();
  private final LinkedHashMap<Statement, Boolean> spoken = new LinkedHashMap<>();
  private final TreeMap<View, Certificate> nullifications = new TreeMap<>();
  private final TreeMap<View, Certificate> notarizations = new TreeMap<>();
  private final TreeSet<View> led = new TreeSet<>();

  Traitor(World world, ValidatorIndex self) {
    this.world = world;
    this.self = self;
    var genesis = world.genesis().block();
    blocks.put(genesis.hash(), genesis);
    world.plan(Duration.ofMillis(50), () -> lead(genesis, List.of()));
  }

  @Override
  public void receive(ValidatorIndex from, View lastFinal, ConsensusMessage message) {
    if (message instanceof Proposal(var block, _, var justification)) {
      blocks.put(block.hash(), block);
      justification.forEach(this::learn);
      speak(new Statement.Notarize(Epoch.ZERO, block.view(), block.hash()));
    } else if (message instanceof ConsensusVote(var vote)) {
      count(vote);
    } else if (message instanceof Certificates(var certificates, _)) {
      certificates.forEach(this::learn);
    }
  }

  private void count(Vote vote) {
    var equal = votes.computeIfAbsent(vote.statement(), s -> new TreeMap<>());
    equal.put(vote.signer(), vote);
    equal.put(self, Fakes.vote(vote.statement(), self));
    if (equal.size() >= world.genesis().validators().quorum()) {
      learn(Certificate.of(vote.statement(), equal.values()));
    }
  }

  private void learn(Certificate certificate) {
    switch (certificate.statement()) {
      case Statement.Notarize(_, var view, var hash) -> {
        speak(new Statement.Finalize(Epoch.ZERO, view, hash));
        speak(new Statement.Nullify(Epoch.ZERO, view));
        if (blocks.containsKey(hash)) {
          notarizations.putIfAbsent(view, certificate);
          lead(blocks.get(hash), List.of(certificate));
        }
      }
      case Statement.Nullify(_, var view) -> nullifications.put(view, certificate);
      case Statement.Finalize f -> {}
      case Statement.Propose p -> {}
      case Statement.StateAttest s -> {}
      case Statement.Append a -> {}
      case Statement.Ack a -> {}
      case Statement.OfRecovery r -> {}
    }
  }

  /** Proposes two children of {@code parent} in the next view that is this validator's turn. */
  private void lead(Block parent, List<Certificate> proof) {
    var justification = new ArrayList<>(proof);
    var view = parent.view().next();
    while (nullifications.containsKey(view) && !Leaders.of(world.genesis(), view).equals(self)) {
      justification.add(nullifications.get(view));
      view = view.next();
    }
    if (!Leaders.of(world.genesis(), view).equals(self) || !led.add(view)) {
      return;
    }
    // Often it builds on a stale parent, without a proof for the gap (ava281).
    var stale =
        notarizations.headMap(parent.view(), false).descendingMap().values().stream().limit(2);
    var parents =
        world.random().nextBoolean()
            ? stale.map(certificate -> blockOf(certificate.statement())).toList()
            : List.<Block>of();
    for (long twin = 0; twin < 2; twin++) {
      var chosen = parents.isEmpty() ? parent : parents.get((int) twin % parents.size());
      var block = child(chosen, view, Fakes.transaction(1_000_000 + 2 * view.number() + twin));
      blocks.put(block.hash(), block);
      var statement = new Statement.Propose(Epoch.ZERO, view, block.hash());
      var proposal = new Proposal(block, Fakes.sign(statement, self), justification);
      world.send(self, some(), View.ZERO, proposal);
      speak(new Statement.Notarize(Epoch.ZERO, view, block.hash()));
    }
  }

  private Block blockOf(Statement statement) {
    return statement instanceof Statement.Notarize(_, _, var hash)
        ? blocks.get(hash)
        : world.genesis().block();
  }

  private Block child(Block parent, View view, SignedTransaction transaction) {
    var inline = List.of(transaction);
    var before = parent.header();
    var content =
        new BlockHeader.Content(
            parent.cut().root(),
            Block.inlineRoot(inline),
            before.content().validatorSet(),
            Hash.ZERO,
            before.content().stateHeight(),
            before.content().stateCertificate());
    var position =
        new BlockHeader.Position(
            Epoch.ZERO, view, parent.height().next(), parent.hash(), parent.view());
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            before.ledger(),
            position,
            before.time().plusMillis(1),
            self,
            BlockType.NORMAL,
            content);
    return new Block(header, parent.cut(), inline);
  }

  private void speak(Statement statement) {
    if (spoken.putIfAbsent(statement, true) == null) {
      world.send(self, some(), View.ZERO, new ConsensusVote(Fakes.vote(statement, self)));
    }
  }

  private List<ValidatorIndex> some() {
    return world.genesis().validators().indices().stream()
        .filter(index -> !index.equals(self) && world.random().nextBoolean())
        .toList();
  }
}
