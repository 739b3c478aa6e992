package dev.sampo.node.gateway;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A question of a reader as the path of a request to the port of the nodes: {@code
 * /follow/LEDGER/blocks/FROM/CERTIFIED_FROM} or {@code
 * /follow/LEDGER/batches/LANE/ABOVE/HEIGHT/DIGEST}.
 */
record FollowPath(LedgerId ledger, FollowQuery query) {

  static final String PREFIX = "/follow/";

  private static final String ID = "([0-9a-f]{64})";

  /** Below 10 to the power of 18, which every {@code long} holds. */
  private static final String NUMBER = "(\\d{1,18})";

  private static final Pattern BLOCKS =
      Pattern.compile(PREFIX + ID + "/blocks/" + NUMBER + "/" + NUMBER);

  private static final Pattern BATCHES =
      Pattern.compile(PREFIX + ID + "/batches/(\\d{1,4})/" + NUMBER + "/" + NUMBER + "/" + ID);

  /** Nothing if the path is no such question. */
  static Optional<FollowPath> parse(String path) {
    var blocks = BLOCKS.matcher(path);
    if (blocks.matches()) {
      var query = new FollowQuery.Blocks(height(blocks.group(2)), height(blocks.group(3)));
      return Optional.of(new FollowPath(LedgerId.fromHex(blocks.group(1)), query));
    }
    var batches = BATCHES.matcher(path);
    if (!batches.matches()) {
      return Optional.empty();
    }
    try {
      var lane = ValidatorIndex.of(Integer.parseInt(batches.group(2)));
      var tip = new Tip(height(batches.group(4)), Hash.fromHex(batches.group(5)));
      var request = new BatchRequest(Epoch.ZERO, lane, height(batches.group(3)), tip);
      return Optional.of(
          new FollowPath(LedgerId.fromHex(batches.group(1)), new FollowQuery.Batches(request)));
    } catch (IllegalArgumentException noLane) {
      return Optional.empty();
    }
  }

  private static Height height(String digits) {
    return Height.of(Long.parseLong(digits));
  }

  String text() {
    return PREFIX
        + ledger.hex()
        + switch (query) {
          case FollowQuery.Blocks(var from, var certifiedFrom) ->
              "/blocks/" + from + "/" + certifiedFrom;
          case FollowQuery.Batches(var request) ->
              "/batches/%s/%s/%s/%s"
                  .formatted(
                      request.lane(),
                      request.above(),
                      request.batch().height(),
                      request.batch().digest().hex());
        };
  }
}
