package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.ValidatorIndex;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * Takes the frames that peers send; called by many threads, but for one connection one at a time.
 */
@FunctionalInterface
public interface FrameRecipient {

  /**
   * Takes a frame from an authenticated peer. The connection is not read on before the stage
   * completes; if it fails, that connection is closed.
   */
  CompletionStage<Done> receive(ValidatorIndex sender, PeerStream stream, Bytes frame);
}
