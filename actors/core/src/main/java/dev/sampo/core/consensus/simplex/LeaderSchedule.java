package dev.sampo.core.consensus.simplex;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Who leads which view of an epoch: the validators take turns in a shuffled order (2.1, W13). */
record LeaderSchedule(List<ValidatorIndex> turns) {

  /** The ASCII bytes of "perm". */
  private static final Bytes PURPOSE = Bytes.fromHex("7065726d");

  LeaderSchedule {
    turns = List.copyOf(turns);
  }

  static LeaderSchedule of(LedgerId ledger, Epoch epoch, Hash validatorSet, int validators) {
    var seed =
        Sha256.start()
            .update(PURPOSE)
            .update(ledger.value())
            .update(WireWriter.encode(out -> out.u64(epoch.number())))
            .update(validatorSet)
            .finish()
            .value();
    var order =
        new ArrayList<>(IntStream.range(0, validators).mapToObj(ValidatorIndex::of).toList());
    var draws = new Draws(seed);
    for (int i = validators - 1; i > 0; i--) {
      Collections.swap(order, i, draws.below(i + 1));
    }
    return new LeaderSchedule(order);
  }

  ValidatorIndex leader(View view) {
    return turns.get((int) ((view.number() - 1) % turns.size()));
  }

  /** Unbiased numbers from SHA-256(seed || counter), eight bytes at a time, big-endian (W13). */
  private static final class Draws {

    private static final int WORD_BYTES = 8;

    private final Bytes seed;
    private Bytes block = Bytes.EMPTY;
    private int offset;
    private int counter;

    Draws(Bytes seed) {
      this.seed = seed;
    }

    int below(int bound) {
      long excess = Long.remainderUnsigned(-(long) bound, bound);
      long word = next();
      while (excess != 0 && Long.compareUnsigned(word, -excess) >= 0) {
        word = next();
      }
      return (int) Long.remainderUnsigned(word, bound);
    }

    private long next() {
      if (offset == block.length()) {
        int index = counter++;
        block =
            Sha256.start()
                .update(seed)
                .update(WireWriter.encode(out -> out.u32(index)))
                .finish()
                .value();
        offset = 0;
      }
      long word = 0;
      for (int i = 0; i < WORD_BYTES; i++) {
        word = word << 8 | block.at(offset++);
      }
      return word;
    }
  }
}
