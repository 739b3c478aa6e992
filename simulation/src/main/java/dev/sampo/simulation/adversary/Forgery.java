package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.Signature;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Blocks and proposals as only the leader of their view can make them: signed with its own key. */
final class Forgery {

  private Forgery() {}

  /** Another block in the same place. */
  static Block sibling(Block of, LedgerTime time, BlockType type, List<SignedTransaction> inline) {
    return sibling(of, time, of.cut(), type, inline);
  }

  /** The same at the same time with another cut. */
  static Block ordering(Block of, Cut cut, BlockType type, List<SignedTransaction> inline) {
    return sibling(of, of.header().time(), cut, type, inline);
  }

  private static Block sibling(
      Block of, LedgerTime time, Cut cut, BlockType type, List<SignedTransaction> inline) {
    var header = of.header();
    var content = header.content();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            header.position(),
            time,
            header.proposer(),
            type,
            new BlockHeader.Content(
                cut.root(),
                Block.inlineRoot(inline),
                content.validatorSet(),
                content.nextValidatorSet(),
                content.stateHeight(),
                content.stateCertificate())),
        cut,
        inline);
  }

  /** With other transactions, and referring to the state that its parent refers to. */
  static Block referringBack(Block of, Block parent, List<SignedTransaction> inline) {
    var header = of.header();
    var content = header.content();
    var before = parent.header().content();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            header.position(),
            header.time(),
            header.proposer(),
            BlockType.NORMAL,
            new BlockHeader.Content(
                content.cutRoot(),
                Block.inlineRoot(inline),
                content.validatorSet(),
                content.nextValidatorSet(),
                before.stateHeight(),
                before.stateCertificate())),
        of.cut(),
        inline);
  }

  /** The same content a little later. */
  static Block later(Block of, long millis) {
    return sibling(of, of.header().time().plusMillis(millis), of.header().type(), of.inline());
  }

  /** The same content on another parent. */
  static Block onParent(Block of, Block parent) {
    var header = of.header();
    var position =
        new BlockHeader.Position(
            header.epoch(), header.view(), parent.height().next(), parent.hash(), parent.view());
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            position,
            header.time(),
            header.proposer(),
            header.type(),
            header.content()),
        of.cut(),
        of.inline());
  }

  /** The same transaction under a signature that is not its client's. */
  static SignedTransaction withBadSignature(SignedTransaction of) {
    var signature = of.signature().value().toByteArray();
    signature[0] ^= 1;
    return new SignedTransaction(
        of.body(), of.suite(), of.publicKey(), new Signature(Bytes.owning(signature)));
  }

  static Proposal propose(Liar liar, Block block, List<Certificate> justification) {
    var statement = new Statement.Propose(block.header().epoch(), block.view(), block.hash());
    return new Proposal(block, liar.vote(statement).signature(), justification);
  }
}
