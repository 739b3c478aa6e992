package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.List;

/**
 * Simplex for one validator of one epoch (2.1 to 2.9): one door, behind which each rule has its
 * place. A validator in recovery must not start an engine (RE1).
 */
public final class SimplexEngine implements ConsensusEngine {

  private final Replica replica;
  private final Startup startup;
  private final Voter voter;
  private final Push push;
  private final Progress progress;
  private final Repair repair;
  private final Proposer proposer;
  private final Standstill standstill;
  private final Answers answers;
  private final Inbox inbox;
  private boolean halted;

  /** An engine for validators that are close to each other. */
  public SimplexEngine(Genesis genesis, ValidatorIndex self) {
    this(genesis, self, Timing.lan(genesis));
  }

  public SimplexEngine(Genesis genesis, ValidatorIndex self, Timing timing) {
    this(genesis, Committee.of(genesis, self), timing, new ParentRule());
  }

  SimplexEngine(Genesis genesis, Committee committee, Timing timing, ParentRule parents) {
    var rules = new ProposalRules(committee, genesis);
    replica = new Replica(committee, timing, genesis, parents);
    startup = new Startup(replica);
    voter = new Voter(replica, rules);
    push = new Push(replica);
    var ballots = new Ballots(replica);
    progress = new Progress(replica, ballots, voter, push);
    repair = new Repair(replica);
    proposer = new Proposer(replica, rules, voter, repair::isUnobtainable);
    standstill = new Standstill(replica, voter);
    answers = new Answers(replica);
    inbox = new Inbox(replica, rules, ballots, progress, answers);
  }

  @Override
  public List<Effect> step(Input input, Moment now) {
    if (halted) {
      return List.of();
    }
    if (!startup.isStarted() && !(input instanceof Input.Started)) {
      throw new InvariantViolation("the first input is Started, not " + input);
    }
    replica.at(now);
    handle(input);
    settle(input);
    halted = replica.outbox.isHalted();
    return replica.outbox.drain(replica.finalView());
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(
        replica.epoch(),
        replica.view(),
        replica.committee.leader(replica.view()),
        replica.finalView(),
        replica.chain.storedHeight());
  }

  private void handle(Input input) {
    switch (input) {
      case Input.Started(var recovered) -> {
        startup.start(recovered);
        standstill.start();
        replica.peers.all().forEach(answers::sendStatus);
      }
      case Input.MessageReceived message -> inbox.received(message);
      case Input.PeerHeard(var from) -> {
        if (replica.peers.contains(from)) {
          replica.peers.at(from).heard(replica.nanos(), replica.view());
        }
      }
      case Input.PeerConnected(var peer) -> {
        if (replica.peers.contains(peer)) {
          replica.peers.at(peer).forgetProgress();
          answers.sendStatus(replica.peers.at(peer));
        }
      }
      case Input.PeerSuspected(var peer) -> {
        if (replica.peers.contains(peer)) {
          replica.peers.at(peer).suspect();
        }
      }
      case Input.TimerFired(var timer) -> fired(timer);
      case Input.Persisted p -> {} // what waited for it comes from the host's barrier
      case Input.StatementSigned(var statement, var signature) -> signed(statement, signature);
      case Input.PayloadBuilt(var view, var transactions, var cut) ->
          proposer.payload(view, transactions, cut);
      case Input.BatchesAvailable(var view, var block) -> {
        if (view.isAfter(replica.finalView())) {
          replica.slots.at(view).available(block);
        }
      }
      case Input.InlineJudged(var view, var block, boolean valid) ->
          inlineJudged(view, block, valid);
      case Input.WorkChanged(var hasWork) -> replica.payloadWaiting(hasWork);
      case Input.IncarnationsStored(var stored) -> answers.recoveries().incarnations(stored);
      case Input.HostBusy(var pressure) -> proposer.hostBusy(pressure);
      case Input.FinalBlocksFetched(var blocks, var proof) -> progress.fetched(blocks, proof);
      case Input.BlockStored stored -> stored(stored);
      case Input.StateCertified(var certificate) -> stateCertified(certificate);
    }
  }

  /** Whatever happened may have made a vote, a proposal or a delivery possible, or needed. */
  private void settle(Input input) {
    if (replica.outbox.isHalted()) {
      return;
    }
    if (!replica.isVoting() && startup.mayStartVoting()) {
      startVoting();
    }
    progress.settle();
    replica.needs.clear();
    voter.settle();
    proposer.settle();
    armTimers();
    boolean due =
        input instanceof Input.TimerFired(var timer) && timer.kind() == TimerId.Kind.FETCH;
    repair.settle(due);
  }

  private void startVoting() {
    replica.startVoting();
    replica.slots.all().forEach(voter::considerFinalize); // W20
    replica.startIn(replica.view(), replica.entry(), false);
  }

  private void armTimers() {
    var view = replica.view();
    var leader = replica.committee.leader(view);
    boolean dead = replica.peers.seemsDead(leader, view, replica.finalView(), replica.nanos());
    replica.pacemaker.arm(
        replica.hasWork(),
        replica.committee.leads(view),
        dead,
        replica.finalView(),
        replica.nanos());
  }

  private void fired(TimerId timer) {
    switch (timer.kind()) {
      case PROPOSAL -> {
        if (replica.pacemaker.take(timer) && replica.currentSlot().state().mayNotarize()) {
          voter.nullify(replica.currentSlot());
        }
      }
      case ADVANCE -> {
        if (replica.pacemaker.take(timer)) {
          voter.nullify(replica.currentSlot());
          replica.pacemaker.advanceFired(replica.nanos());
        }
      }
      case RETRY -> {
        if (replica.pacemaker.take(timer)) {
          standstill.retry();
          replica.pacemaker.retryFired(replica.nanos());
        }
      }
      // The step's end looks at these again.
      case IDLE, TIMESTAMP -> replica.pacemaker.take(timer);
      case FETCH -> {}
      case STANDSTILL -> standstill.fired();
      case PUSH -> push.fired(timer.view());
      case START -> {
        if (!replica.isVoting()) {
          startVoting();
        }
      }
      case HEARTBEAT -> heartbeat();
      case RECOVERY -> {} // that of whoever must not start yet
    }
  }

  /** S3: in a view that lasts, peers hear where this validator stands. */
  private void heartbeat() {
    long idle = replica.pacemaker.idle();
    if (replica.nanos() - replica.pacemaker.enteredAt() >= idle) {
      replica.peers.all().forEach(answers::sendStatus);
    }
    replica.setTimer(TimerId.Kind.HEARTBEAT, idle);
  }

  private void signed(Statement statement, Signature signature) {
    if (statement instanceof Statement.Propose proposed) {
      proposer.signed(proposed, signature);
      return;
    }
    if (statement instanceof Statement.RecoverReply reply) {
      answers.recoveries().signed(reply, signature);
      return;
    }
    var vote = new Vote(statement, replica.committee.self(), signature);
    boolean open =
        Ballots.viewOf(statement).map(view -> view.isAfter(replica.finalView())).orElse(false);
    if (open) {
      voter.send(vote);
      progress.vote(vote);
    }
  }

  private void inlineJudged(View view, Hash block, boolean valid) {
    if (!valid) {
      replica.forged(block);
    } else if (view.isAfter(replica.finalView())) {
      replica.slots.at(view).inlineValid(block);
    }
  }

  private void stored(Input.BlockStored stored) {
    replica.chain.stored(stored.height());
    replica
        .chain
        .recentAt(stored.height())
        .ifPresent(block -> replica.journal.stored(stored.view(), block.hash()));
  }

  private void stateCertified(Certificate certificate) {
    if (certificate.statement() instanceof Statement.StateAttest attested
        && attested.epoch().equals(replica.epoch())) {
      replica.states().add(certificate, attested);
    }
  }
}
