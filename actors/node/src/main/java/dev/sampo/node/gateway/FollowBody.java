package dev.sampo.node.gateway;

import dev.sampo.core.message.Decoded;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.View;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer to a reader: frames as between validators, each after its length in four bytes. */
final class FollowBody {

  private static final int MESSAGES_MAX = 2;
  private static final int PREFIX_BYTES = 4;

  /** No answer is longer. */
  static final int BYTES_MAX = MESSAGES_MAX * (PREFIX_BYTES + PeerStream.BODIES.frameBytesMax());

  private FollowBody() {}

  static byte[] encode(LedgerId ledger, List<PeerMessage> messages) {
    var frames =
        messages.stream()
            .map(message -> PeerMessageCodec.encode(new Envelope(ledger, View.ZERO, message)))
            .toList();
    var body =
        ByteBuffer.allocate(frames.stream().mapToInt(each -> PREFIX_BYTES + each.length()).sum());
    frames.forEach(frame -> body.putInt(frame.length()).put(frame.toByteArray()));
    return body.array();
  }

  /** Nothing if it is malformed or about another ledger; never throws, whatever the bytes. */
  static Optional<List<PeerMessage>> decode(LedgerId ledger, byte[] body) {
    var messages = new ArrayList<PeerMessage>();
    var rest = ByteBuffer.wrap(body);
    while (rest.hasRemaining()) {
      if (messages.size() == MESSAGES_MAX || rest.remaining() < PREFIX_BYTES) {
        return Optional.empty();
      }
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        return Optional.empty();
      }
      var frame = new byte[length];
      rest.get(frame);
      if (PeerMessageCodec.decode(Bytes.owning(frame)) instanceof Decoded.Ok(var envelope)
          && envelope.ledger().equals(ledger)) {
        messages.add(envelope.message());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(messages));
  }
}
