package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** Makes finalizations of the signatures under notarize votes. */
final class Relabeller implements Adversary {

  private static final int REMEMBERED = 64;

  private final Liar liar;
  private final LinkedHashMap<Statement, TreeMap<ValidatorIndex, Vote>> heard =
      new LinkedHashMap<>();

  Relabeller(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return List.of(honest);
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (!(message instanceof ConsensusVote(var vote))
        || !(vote.statement() instanceof Statement.Notarize notarize)) {
      return List.of();
    }
    if (heard.size() >= REMEMBERED) {
      heard.remove(heard.firstEntry().getKey());
    }
    var finalize = new Statement.Finalize(notarize.epoch(), notarize.view(), notarize.block());
    var votes = heard.computeIfAbsent(finalize, _ -> new TreeMap<>());
    votes.put(liar.self(), liar.vote(finalize));
    votes.put(vote.signer(), new Vote(finalize, vote.signer(), vote.signature()));
    if (votes.size() != liar.genesis().validators().quorum()) {
      return List.of();
    }
    var forged = Certificate.of(finalize, new ArrayList<>(votes.values()));
    return List.of(
        Outgoing.now(
            liar.some(liar.others()), View.ZERO, new Certificates(List.of(forged), List.of())));
  }
}
