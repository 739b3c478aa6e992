package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.Bytes;
import dev.sampo.node.peer.FrameParser.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames are cut out of any stream of bytes within their bounds. */
@Tag("fault-15")
class FrameParserTest {

  private static final int LENGTH_MAX = 20_000;

  private final FrameParser parser = new FrameParser();

  private List<Parsed> parseAll(byte[] bytes) {
    var results = new ArrayList<Parsed>();
    var input = ByteBuffer.wrap(bytes);
    do {
      results.add(parser.parse(input, LENGTH_MAX));
    } while (!(results.getLast() instanceof Parsed.Refused) && input.hasRemaining());
    return results;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void framesSurviveAnyFragmentation(long seed) {
    var random = new Random(seed);
    var stream = new ByteArrayOutputStream();
    var expected = new ArrayList<Frame>();
    for (int i = 0; i < 50; i++) {
      var content = new byte[1 + random.nextInt(LENGTH_MAX)];
      random.nextBytes(content);
      expected.add(new Frame.Message(Bytes.copyOf(content)));
      stream.writeBytes(Frame.encode(Frame.MESSAGE, Bytes.copyOf(content)).toArray());
      expected.add(new Frame.Heartbeat(i));
      stream.writeBytes(new Frame.Heartbeat(i).encoded().toArray());
    }
    var bytes = stream.toByteArray();

    var frames = new ArrayList<Frame>();
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(9_000));
      for (var result : parseAll(Arrays.copyOfRange(bytes, from, to))) {
        if (result instanceof Parsed.Complete(var frame)) {
          frames.add(frame);
        }
      }
      from = to;
    }

    assertThat(frames).as("seed %d", seed).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, LENGTH_MAX + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void lengthOutOfBoundsIsRefusedBeforeAnyContent(int length) {
    var head = ByteBuffer.allocate(5).putInt(length).put((byte) Frame.MESSAGE).array();

    assertThat(parseAll(head)).containsExactly(new Parsed.Refused(Refusal.FRAME_LENGTH));
  }

  @Test
  void unknownKindIsRefused() {
    assertThat(parseAll(new byte[] {0, 0, 0, 1, 4, 9}))
        .containsExactly(new Parsed.Refused(Refusal.UNKNOWN_FRAME));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void noBytesMakeTheParserThrow(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var garbage = new byte[random.nextInt(64)];
      random.nextBytes(garbage);
      if (garbage.length > 3 && random.nextBoolean()) {
        garbage[0] = 0;
        garbage[1] = 0;
        garbage[2] = 0;
      }
      var fresh = new FrameParser();
      var input = ByteBuffer.wrap(garbage);
      var result = fresh.parse(input, LENGTH_MAX);
      while (result instanceof Parsed.Complete && input.hasRemaining()) {
        result = fresh.parse(input, LENGTH_MAX);
      }
      assertThat(result).as("seed %d", seed).isNotNull();
    }
  }
}
