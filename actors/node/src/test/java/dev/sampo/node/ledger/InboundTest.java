package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.sync.SyncActor;
import dev.sampo.node.verification.SignatureProvider;
import dev.sampo.node.verification.VerdictCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboundTest {

  private static final ValidatorIndex PEER = ValidatorIndex.of(1);

  private final ActorTestKit kit = ActorTestKit.create();
  private final Validators validators = new Validators(4);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /**
   * Found under load: proposals waited for the signatures of all gossip before them, the next
   * leader built upon blocks that it did not hold, and a fifth of all entries were duplicates.
   */
  @Test
  void whatAViewWaitsForDoesNotWaitBehindGossip() {
    var mempool = kit.createTestProbe(MempoolActor.Command.class);
    var sync = kit.createTestProbe(SyncActor.Command.class);
    var bulk = new ArrayList<Runnable>();
    var inbound =
        inbound(new LedgerRoles(null, mempool.getRef(), sync.getRef(), null, null, null), bulk);

    inbound.receive(
        PEER,
        PeerStream.BODIES,
        frame(new PeerMessage.TransactionGossip(List.of(validators.transfer(1)))));
    inbound.receive(
        PEER, PeerStream.BODIES, frame(new PeerMessage.FinalBlocksRequest(Height.of(1))));

    assertThat(sync.expectMessageClass(SyncActor.Serve.class).request().from())
        .isEqualTo(Height.of(1));
    mempool.expectNoMessage();
    assertThat(bulk).hasSize(1);
    bulk.getFirst().run();
    mempool.expectMessageClass(MempoolActor.Deliver.class);
  }

  private Inbound inbound(LedgerRoles roles, List<Runnable> bulk) {
    var genesis = validators.genesis();
    var suite = SignatureProvider.suite();
    var verdicts = new VerdictCache(genesis.ledgerId(), suite);
    var certificates =
        new CertificateVerifier(genesis.ledgerId(), Epoch.ZERO, genesis.validators(), suite);
    return new Inbound(
        new Inbound.Checks(
            new MessageVerifier(certificates, ValidatorIndex.of(0), verdicts::hasValidSignature),
            Optional.of(verdicts),
            bulk::add,
            Runnable::run),
        CompletableFuture.completedFuture(new Dispatch(roles)),
        new SimpleMeterRegistry(),
        "main");
  }

  private Bytes frame(PeerMessage message) {
    return PeerMessageCodec.encode(
        new Envelope(validators.genesis().ledgerId(), View.ZERO, message));
  }
}
