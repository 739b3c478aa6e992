package dev.sampo.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers ask and are answered, whoever asks and answers. */
final class FollowBodyTest {

  private static final LedgerId LEDGER = LedgerId.fromHex("5a".repeat(32));
  private static final List<PeerMessage> MESSAGES =
      List.of(new FinalBlocks(List.of(), Optional.empty()), new StateCertificates(List.of()));

  @Test
  void readsWhatItWrites() {
    var body = FollowBody.encode(LEDGER, MESSAGES);

    assertThat(FollowBody.decode(LEDGER, body)).contains(MESSAGES);
    assertThat(FollowBody.decode(LedgerId.fromHex("00".repeat(32)), body)).isEmpty();
  }

  @Test
  void neverThrowsAtAnAnswer() {
    var body = FollowBody.encode(LEDGER, MESSAGES);
    var random = new Random(7);
    for (int length = 0; length < body.length; length++) {
      var changed = Arrays.copyOf(body, length);
      if (length > 0) {
        changed[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertThat(FollowBody.decode(LEDGER, changed)).as("length %d", length).isNotNull();
    }
    assertThat(FollowBody.decode(LEDGER, new byte[] {-1, -1, -1, -1})).isEmpty();
    assertThat(FollowBody.decode(LEDGER, new byte[] {127, 127, 127, 127})).isEmpty();
    var three = new byte[2 * body.length];
    System.arraycopy(body, 0, three, 0, body.length);
    System.arraycopy(body, 0, three, body.length, body.length);
    assertThat(FollowBody.decode(LEDGER, three)).as("more messages than an answer has").isEmpty();
  }

  @Test
  void readsTheQuestionsThatItWrites() {
    var blocks =
        new FollowPath(LEDGER, new FollowQuery.Blocks(Height.of(7), Height.of(999_999_999_999L)));
    var request =
        new BatchRequest(
            Epoch.ZERO, ValidatorIndex.of(3), Height.of(1), new Tip(Height.of(5), Hash.ZERO));
    var batches = new FollowPath(LEDGER, new FollowQuery.Batches(request));

    assertThat(FollowPath.parse(blocks.text())).contains(blocks);
    assertThat(FollowPath.parse(batches.text())).contains(batches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/follow/",
        "/follow/main/blocks/1/1",
        "/follow/ID/blocks/1",
        "/follow/ID/blocks/-1/1",
        "/follow/ID/blocks/1/9999999999999999999",
        "/follow/ID/blocks/1/1/1",
        "/follow/ID/batches/9999/1/2/ID",
        "/follow/ID/batches/1/1/2/00",
      })
  void refusesOtherQuestions(String path) {
    assertThat(FollowPath.parse(path.replace("ID", LEDGER.hex()))).isEmpty();
  }
}
