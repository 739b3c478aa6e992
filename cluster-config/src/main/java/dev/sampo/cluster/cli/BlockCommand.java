package dev.sampo.cluster.cli;

import com.google.protobuf.ByteString;
import dev.sampo.client.SampoClient;
import dev.sampo.client.v1.Block;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.console.TextTable;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "block", description = "Shows a final block and the results of its transactions.")
final class BlockCommand extends LedgerCommand {

  private static final Pattern HEIGHT = Pattern.compile("[0-9]{1,18}");
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

  @Parameters(paramLabel = "HEIGHT|HASH|latest", description = "Which block.")
  private String block = "";

  @Override
  ExitCode run(SampoClient client, Console console) {
    var found =
        find(client)
            .orElseThrow(
                () ->
                    new CommandFailed(
                        ExitCode.NOT_FOUND, "the node that was asked has no block " + block));
    var json = json(found);
    client.answeredBy().ifPresent(node -> json.put("answered_by", node));
    console.answer(text(found), json);
    return ExitCode.OK;
  }

  private Optional<Block> find(SampoClient client) {
    if (block.equals("latest")) {
      return client.latestBlock();
    }
    if (HEIGHT.matcher(block).matches()) {
      return client.block(Height.of(Long.parseLong(block)));
    }
    if (HASH.matcher(block).matches()) {
      return client.block(Hash.fromHex(block));
    }
    throw new CommandFailed(
        ExitCode.USAGE, "'" + block + "' is neither a height nor a hash nor 'latest'");
  }

  private static String text(Block block) {
    var head =
        """
        height        %d
        hash          %s
        parent        %s
        view          %d, proposed by validator %d
        type          %s
        state root    %s%s
        transactions  %d\
        """
            .formatted(
                block.getHeight(),
                hex(block.getHash()),
                hex(block.getParentHash()),
                block.getView(),
                block.getProposer(),
                block.getType(),
                hex(block.getStateRoot()),
                block.getStateCertified() ? " (certified)" : "",
                block.getEntriesCount());
    if (block.getEntriesCount() == 0) {
      return head;
    }
    var entries = new TextTable("transaction", "result", "code", "bytes");
    for (var entry : block.getEntriesList()) {
      entries.row(
          hex(entry.getTransactionId()),
          entry.getResult(),
          entry.getCode(),
          Integer.toString(entry.getSizeBytes()));
    }
    return head + "\n" + entries;
  }

  private static Map<String, Object> json(Block block) {
    var json = new LinkedHashMap<String, Object>();
    json.put("height", block.getHeight());
    json.put("hash", hex(block.getHash()));
    json.put("parent_hash", hex(block.getParentHash()));
    json.put("epoch", block.getEpoch());
    json.put("view", block.getView());
    json.put("proposer", block.getProposer());
    json.put("block_time_ms", block.getBlockTimeMs());
    json.put("type", block.getType());
    json.put("state_root", hex(block.getStateRoot()));
    json.put("state_certified", block.getStateCertified());
    json.put(
        "transactions",
        block.getEntriesList().stream()
            .map(
                entry -> {
                  var each = new LinkedHashMap<String, Object>();
                  each.put("transaction_id", hex(entry.getTransactionId()));
                  each.put("result", entry.getResult());
                  each.put("code", entry.getCode());
                  each.put("size_bytes", entry.getSizeBytes());
                  return each;
                })
            .toList());
    return json;
  }

  static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
