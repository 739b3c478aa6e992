package dev.sampo.simulation.crossledger;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.packet.PacketOperation.ReportFork;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Statement;
import java.util.List;
import java.util.TreeMap;

/** What a ledger was shown of a peer, and whether that are two histories (T8). */
final class Followed {

  /** Of each peer only so many are kept, the highest; what they do not contradict is no fork. */
  private static final int ANCHORS_MAX = 256;

  private final TreeMap<Height, Hash> anchors = new TreeMap<>();
  private boolean isForked;

  /** An update was carried out. */
  void update(UpdateClient update) {
    if (contradicts(update.finality().chain())) {
      isForked = true;
    } else if (update.state().statement()
        instanceof Statement.StateAttest(_, var height, var block, _, _)) {
      anchors.put(height, block);
      if (anchors.size() > ANCHORS_MAX) {
        anchors.pollFirstEntry();
      }
    }
  }

  private boolean contradicts(List<BlockHeader> chain) {
    for (var header : chain) {
      var known = anchors.get(header.height());
      if (known != null && !known.equals(header.computeHash())) {
        return true;
      }
    }
    return false;
  }

  /** A report was believed; whether the two proofs do contradict each other. */
  boolean report(ReportFork report) {
    var first = new TreeMap<Height, Hash>();
    report.first().chain().forEach(each -> first.put(each.height(), each.computeHash()));
    for (var header : report.second().chain()) {
      var other = first.get(header.height());
      isForked |= other != null && !other.equals(header.computeHash());
    }
    return isForked;
  }

  boolean isForked() {
    return isForked;
  }
}
