package dev.sampo.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.TrustedMessages;
import dev.sampo.core.message.Verified;
import dev.sampo.core.sync.SyncEffect.Deliver;
import dev.sampo.core.sync.SyncEffect.Request;
import dev.sampo.core.sync.SyncInput.BlocksMissing;
import dev.sampo.core.sync.SyncInput.BlocksReceived;
import dev.sampo.core.sync.SyncInput.FinalHeightGrew;
import dev.sampo.core.sync.SyncInput.RequestExpired;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protocol 2.13: missing final blocks are fetched whoever lies, is late or has nothing. */
final class BlockFetcherTest {

  private static final ValidatorIndex FIRST = ValidatorIndex.of(1);
  private static final ValidatorIndex SECOND = ValidatorIndex.of(2);
  private static final List<ValidatorIndex> HOLDERS = List.of(FIRST, SECOND);

  private final BlockFetcher fetcher = new BlockFetcher();

  @Test
  void asksOnUntilTheTargetIsReached() {
    assertThat(missing(5, 9)).satisfiesExactly(effect -> isRequest(effect, FIRST, 5));

    var effects = fetcher.step(new BlocksReceived(FIRST, answer(5, 7)));

    assertThat(effects)
        .satisfiesExactly(
            effect -> assertThat(((Deliver) effect).blocks()).hasSize(3),
            effect -> isRequest(effect, FIRST, 8));
    assertThat(fetcher.step(new BlocksReceived(FIRST, answer(8, 9)))).hasSize(1);
    assertThat(fetcher.isFetching()).isFalse();
  }

  @Test
  @Tag("fault-69")
  void asksTheNextHolderWhenOneIsLate() {
    var request = (Request) missing(1, 3).getFirst();

    assertThat(fetcher.step(new RequestExpired(request.number())))
        .satisfiesExactly(effect -> isRequest(effect, SECOND, 1));
    assertThat(fetcher.step(new RequestExpired(request.number())))
        .as("a request expires once")
        .isEmpty();
  }

  @Test
  @Tag("fault-69")
  void asksTheNextHolderWhenOneHasNothingUseful() {
    missing(4, 6);

    assertThat(fetcher.step(new BlocksReceived(FIRST, answer(5, 6))))
        .as("the block asked for is missing")
        .satisfiesExactly(effect -> isRequest(effect, SECOND, 4));
    assertThat(fetcher.step(new BlocksReceived(SECOND, nothing()))).isEmpty();
    assertThat(fetcher.isFetching()).as("all holders were useless").isFalse();
    assertThat(missing(4, 6)).hasSize(1);
  }

  @Test
  void ignoresAnswersThatNobodyAskedFor() {
    assertThat(fetcher.step(new BlocksReceived(FIRST, answer(1, 2)))).isEmpty();

    missing(1, 2);

    assertThat(fetcher.step(new BlocksReceived(SECOND, answer(1, 2)))).isEmpty();
  }

  @Test
  void skipsWhatBecameFinalOtherwise() {
    missing(5, 9);

    fetcher.step(new FinalHeightGrew(Height.of(6)));

    var effects = fetcher.step(new BlocksReceived(FIRST, answer(5, 8)));
    assertThat(((Deliver) effects.getFirst()).blocks().getFirst().height()).isEqualTo(Height.of(7));
    fetcher.step(new FinalHeightGrew(Height.of(9)));
    assertThat(fetcher.isFetching()).isFalse();
  }

  private List<SyncEffect> missing(long from, long target) {
    return fetcher.step(new BlocksMissing(Height.of(from), Height.of(target), HOLDERS));
  }

  private static void isRequest(SyncEffect effect, ValidatorIndex peer, long from) {
    var request = (Request) effect;
    assertThat(request.peer()).isEqualTo(peer);
    assertThat(request.from()).isEqualTo(Height.of(from));
  }

  private static Verified<FinalBlocks> answer(long from, long to) {
    var blocks = new ArrayList<Block>();
    for (long height = from; height <= to; height++) {
      blocks.add(block(height));
    }
    var last = blocks.getLast();
    var finalization = new Statement.Finalize(Epoch.ZERO, last.view(), last.hash());
    var proof = new FinalityProof(List.of(last.header()), new Certificate(finalization, List.of()));
    return TrustedMessages.of(new FinalBlocks(blocks, Optional.of(proof)));
  }

  private static Verified<FinalBlocks> nothing() {
    return TrustedMessages.of(new FinalBlocks(List.of(), Optional.empty()));
  }

  private static Block block(long height) {
    var cut = Cut.unused(1);
    var position =
        new BlockHeader.Position(
            Epoch.ZERO, View.of(height), Height.of(height), Hash.ZERO, View.of(height - 1));
    var content =
        new BlockHeader.Content(
            cut.root(), Block.inlineRoot(List.of()), Hash.ZERO, Hash.ZERO, Height.ZERO, Hash.ZERO);
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            new LedgerId(Bytes.owning(new byte[LedgerId.LENGTH])),
            position,
            LedgerTime.ofMillis(height),
            ValidatorIndex.of(0),
            BlockType.EMPTY,
            content);
    return new Block(header, cut, List.of());
  }
}
