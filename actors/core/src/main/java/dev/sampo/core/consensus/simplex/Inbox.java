package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.Input.MessageReceived;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Recover;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;

/** Takes what peers say; whatever is wrong, late or too early is ignored, never an error. */
final class Inbox {

  private final Replica replica;
  private final ProposalRules rules;
  private final Ballots ballots;
  private final Progress progress;
  private final Answers answers;

  Inbox(Replica replica, ProposalRules rules, Ballots ballots, Progress progress, Answers answers) {
    this.replica = replica;
    this.rules = rules;
    this.ballots = ballots;
    this.progress = progress;
    this.answers = answers;
  }

  void received(MessageReceived input) {
    if (!replica.peers.contains(input.from())) {
      replica.report(new EngineEvent.MessageIgnored(input.from(), "not a validator"));
      return;
    }
    var peer = replica.peers.at(input.from());
    peer.heard(replica.nanos(), replica.view());
    peer.claimFinal(input.lastFinal());
    switch (input.message().message()) {
      case Proposal proposal -> proposal(peer, proposal);
      case ConsensusVote(var vote) -> vote(peer, vote);
      case Certificates certificates -> certificates(peer, certificates);
      case CertificateRequest request -> answers.request(peer, request);
      case BlockRequest request -> answers.request(peer, request);
      case BlockResponse(var block) -> {
        if (replica.needs.blocks().containsKey(block.hash()) && block.bodyMatchesHeader()) {
          replica.chain.hold(block);
        }
      }
      case Status status -> status(peer, status);
      case Recover(var vote) -> {
        if (vote.statement() instanceof Statement.Recover question) {
          answers.recoveries().asked(peer, question);
        }
      }
      case RecoverReply late -> {} // what it answers is settled
    }
    answers.late(peer);
  }

  private void proposal(Peer peer, Proposal proposal) {
    proposal.justification().forEach(progress::certificate);
    var block = proposal.block();
    var view = block.view();
    boolean inWindow =
        view.isAfter(replica.finalView()) && !view.isAfter(replica.view().plus(Slots.WINDOW));
    if (!inWindow || replica.outbox.isHalted()) {
      return;
    }
    var slot = replica.slots.at(view);
    boolean isKnown =
        slot.proposal().map(first -> first.block().hash().equals(block.hash())).orElse(false);
    if (isKnown) {
      return;
    }
    if (!rules.isFromLeader(block)) {
      replica.report(new EngineEvent.MessageIgnored(peer.index(), "not the leader's proposal"));
      return;
    }
    ballots.compareWithLog(asVote(proposal));
    if (slot.proposal().isPresent()) {
      twice(slot, slot.proposal().get(), proposal);
      return;
    }
    if (peer.index().equals(block.header().proposer())) {
      peer.seenIn(view);
    }
    slot.propose(proposal, replica.nanos());
    replica.chain.hold(block);
  }

  /** DOUBLE_PROPOSE (2.14); only the first proposal is ever voted for. */
  private void twice(Slot slot, Proposal first, Proposal second) {
    if (slot.noteSecondProposal()) {
      replica.outbox.silently(
          new Effect.ReportEvidence(
              new Evidence.ConflictingProposals(asVote(first), asVote(second))));
    }
  }

  private void vote(Peer peer, Vote vote) {
    var view = Ballots.viewOf(vote.statement());
    if (view.isEmpty() || !vote.statement().epoch().equals(replica.epoch())) {
      replica.report(new EngineEvent.MessageIgnored(peer.index(), "not a vote of this epoch"));
      return;
    }
    if (vote.signer().equals(peer.index())) {
      if (vote.statement() instanceof Statement.Finalize) {
        peer.seenAbove(view.get()); // who finalizes a view holds its notarization (C3)
      } else {
        peer.seenIn(view.get());
      }
    }
    progress.vote(vote);
  }

  /** Who holds a certificate of a view has left that view; an answer to it would come back (C4). */
  private void certificates(Peer peer, Certificates message) {
    for (var certificate : message.certificates()) {
      Ballots.viewOf(certificate.statement()).ifPresent(peer::seenAbove);
      progress.certificate(certificate);
    }
    replica.chain.link(message.headers());
  }

  private void status(Peer peer, Status status) {
    if (!status.epoch().equals(replica.epoch())) {
      return;
    }
    replica.peers.claimHeight(peer, status.finalHeight());
    peer.claimFinal(status.finalView());
    peer.seenIn(status.view());
    status.echo().forEach(ballots::compareWithLog);
    answers.status(peer, status);
  }

  private Vote asVote(Proposal proposal) {
    var block = proposal.block();
    return new Vote(
        new Statement.Propose(replica.epoch(), block.view(), block.hash()),
        block.header().proposer(),
        proposal.leaderSignature());
  }
}
