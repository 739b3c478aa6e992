package dev.sampo.core.vectors;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.Decoded;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.testing.TestCommittee;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Map;

/** The types that have an encoding: how each is decoded, encoded again, and hashed. */
enum Encoding {
  TRANSACTION_BODY("transactions.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      return TransactionBody.decode(encoded).encoded();
    }

    @Override
    Map<String, String> hashes(Bytes encoded) throws Malformed {
      var body = TransactionBody.decode(encoded);
      return Map.of(
          "signingDigest", SignedTransaction.signingDigest(body.ledger(), encoded).hex(),
          "dedupeKey", body.dedupeKey().hex());
    }
  },
  SIGNED_TRANSACTION("transactions.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      return SignedTransaction.decode(encoded).encoded();
    }

    @Override
    Map<String, String> hashes(Bytes encoded) throws Malformed {
      return Map.of("transactionId", SignedTransaction.decode(encoded).id().hex());
    }
  },
  BLOCK_HEADER("blocks.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      var header = WireReader.decode(encoded, BlockHeader::readFrom);
      return WireWriter.encode(header::writeTo);
    }

    @Override
    Map<String, String> hashes(Bytes encoded) throws Malformed {
      var header = WireReader.decode(encoded, BlockHeader::readFrom);
      return Map.of("blockHash", header.computeHash().hex());
    }
  },
  BLOCK("blocks.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      var block = WireReader.decode(encoded, Block::readFrom);
      return WireWriter.encode(block::writeTo);
    }

    @Override
    Map<String, String> hashes(Bytes encoded) throws Malformed {
      var block = WireReader.decode(encoded, Block::readFrom);
      return Map.of(
          "blockHash", block.hash().hex(),
          "cutRoot", block.cut().root().hex(),
          "inlineRoot", Block.inlineRoot(block.inline()).hex());
    }
  },
  STATEMENT("votes.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      var statement = WireReader.decode(encoded, Statement::readFrom);
      return WireWriter.encode(statement::writeTo);
    }

    @Override
    Map<String, String> hashes(Bytes encoded) throws Malformed {
      var statement = WireReader.decode(encoded, Statement::readFrom);
      var ledger = TestCommittee.of(4).ledger();
      return Map.of(
          "signingDigest", statement.digest(ledger).hex(), "sha256", Sha256.hash(encoded).hex());
    }
  },
  VOTE("votes.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      var vote = WireReader.decode(encoded, Vote::readFrom);
      return WireWriter.encode(vote::writeTo);
    }
  },
  CERTIFICATE("votes.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      var certificate = WireReader.decode(encoded, Certificate::readFrom);
      return WireWriter.encode(certificate::writeTo);
    }
  },
  BATCH("batches.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      var batch = WireReader.decode(encoded, Batch::readFrom);
      return WireWriter.encode(batch::writeTo);
    }

    @Override
    Map<String, String> hashes(Bytes encoded) throws Malformed {
      var batch = WireReader.decode(encoded, Batch::readFrom);
      return Map.of(
          "batchDigest", batch.digest().hex(), "transactionsRoot", batch.statement().root().hex());
    }
  },
  FINALITY_PROOF("votes.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      var proof = WireReader.decode(encoded, FinalityProof::readFrom);
      return WireWriter.encode(proof::writeTo);
    }
  },
  GENESIS("genesis.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      return Genesis.decode(encoded).encoded();
    }

    @Override
    Map<String, String> hashes(Bytes encoded) throws Malformed {
      var genesis = Genesis.decode(encoded);
      return Map.of(
          "ledgerId", genesis.ledgerId().hex(),
          "validatorSetHash", genesis.validatorSetHash().hex(),
          "genesisBlockHash", genesis.block().hash().hex());
    }
  },
  CHARTER("charters.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      return LedgerCharter.decode(encoded).encoded();
    }

    @Override
    Map<String, String> hashes(Bytes encoded) throws Malformed {
      var charter = LedgerCharter.decode(encoded);
      return Map.of(
          "ledgerId", charter.genesis().ledgerId().hex(), "signingDigest", charter.digest().hex());
    }
  },
  ENVELOPE("messages.json") {
    @Override
    Bytes reencode(Bytes encoded) throws Malformed {
      return switch (PeerMessageCodec.decode(encoded)) {
        case Decoded.Ok(var envelope) -> PeerMessageCodec.encode(envelope);
        case Decoded.Refused(var reason) -> throw new Malformed(reason);
      };
    }
  };

  private final String file;

  Encoding(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  abstract Bytes reencode(Bytes encoded) throws Malformed;

  /** What is published with an encoding beside its SHA-256. */
  Map<String, String> hashes(Bytes encoded) throws Malformed {
    return Map.of("sha256", Sha256.hash(encoded).hex());
  }
}
