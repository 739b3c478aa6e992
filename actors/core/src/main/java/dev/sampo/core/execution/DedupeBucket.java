package dev.sampo.core.execution;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.merkle.MerkleTree;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.NavigableMap;

/**
 * What the ledger's state says of a bucket of the dedupe set (X6): a chain over what each block
 * added, as nothing is ever taken out of a bucket but all at once.
 *
 * @param chain 32 zero bytes before the first entry; then, block by block, SHA-256(13 || chain
 *     before || root of an RFC 6962 tree whose leaves are (dedupe key || entry), by their keys)
 * @param size how many entries it has
 */
record DedupeBucket(Hash chain, long size) {

  static final DedupeBucket EMPTY = new DedupeBucket(Hash.ZERO, 0);

  /** Apart from what else is hashed in the state: 10 to 12 stand before its tree's nodes. */
  private static final int PREFIX = 0x13;

  static DedupeBucket decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, in -> new DedupeBucket(in.hash(), in.u64()));
  }

  /** The bucket after a block that adds {@code entries}, at least one, under their dedupe keys. */
  DedupeBucket with(NavigableMap<Hash, Bytes> entries) {
    var leaves = new ArrayList<Bytes>(entries.size());
    entries.forEach(
        (key, entry) -> leaves.add(WireWriter.encode(out -> out.hash(key).fixed(entry))));
    var next = Sha256.start().update(PREFIX).update(chain).update(MerkleTree.root(leaves)).finish();
    return new DedupeBucket(next, size + entries.size());
  }

  /** The leaf of the ledger's state, and the row that a start reads. */
  Bytes encoded() {
    return WireWriter.encode(out -> out.hash(chain).u64(size));
  }
}
