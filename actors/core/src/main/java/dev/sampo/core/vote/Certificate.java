package dev.sampo.core.vote;

import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A statement with the signatures of a quorum (protocol 2.2): a notarization, nullification,
 * finalization, state certificate or proof of availability, depending on the statement. Encoded as
 * a bitmap of signers and their signatures. Constructing one checks its shape, not its signatures
 * or its threshold.
 *
 * @param statement of a proof of availability: with incarnation 0, whatever those of its signers
 * @param votes of the same statement, in strictly ascending order of their signers
 */
public record Certificate(Statement statement, List<Signed> votes) {

  /**
   * One validator's part in a certificate.
   *
   * @param incarnation that the signer stated with its acknowledgement (RE4); 0 in all other votes
   */
  public record Signed(ValidatorIndex signer, Signature signature, int incarnation) {

    /** In its first incarnation. */
    public Signed(ValidatorIndex signer, Signature signature) {
      this(signer, signature, 0);
    }
  }

  public Certificate {
    votes = List.copyOf(votes);
    if (statement instanceof Ack ack && ack.incarnation() != 0) {
      throw new IllegalArgumentException("an incarnation is one signer's, not a certificate's");
    }
    if (!(statement instanceof Ack) && votes.stream().anyMatch(each -> each.incarnation() != 0)) {
      throw new IllegalArgumentException("only acknowledgements state an incarnation");
    }
    for (int i = 1; i < votes.size(); i++) {
      if (votes.get(i - 1).signer().compareTo(votes.get(i).signer()) >= 0) {
        throw new IllegalArgumentException("signers must be strictly ascending");
      }
    }
  }

  /**
   * A certificate from votes for {@code statement} by distinct signers, in any order, whatever
   * their incarnations.
   */
  public static Certificate of(Statement statement, Collection<Vote> votes) {
    var signed = new ArrayList<Signed>();
    for (var vote : votes) {
      if (!ofAll(vote.statement()).equals(statement)) {
        throw new IllegalArgumentException("a vote for another statement");
      }
      int incarnation = vote.statement() instanceof Ack ack ? ack.incarnation() : 0;
      signed.add(new Signed(vote.signer(), vote.signature(), incarnation));
    }
    signed.sort(Comparator.comparing(Signed::signer));
    return new Certificate(statement, signed);
  }

  private static Statement ofAll(Statement statement) {
    return statement instanceof Ack ack ? ack.by(0) : statement;
  }

  /** What that signer put its signature under. */
  public Statement statedBy(Signed vote) {
    return statement instanceof Ack ack ? ack.by(vote.incarnation()) : statement;
  }

  public List<ValidatorIndex> signers() {
    return votes.stream().map(Signed::signer).toList();
  }

  public void writeTo(WireWriter out) {
    statement.writeTo(out);
    int width = bitmapLength();
    var bitmap = new int[width];
    for (var vote : votes) {
      bitmap[vote.signer().number() / 8] |= 1 << (vote.signer().number() % 8);
    }
    out.u8(width);
    for (int octet : bitmap) {
      out.u8(octet);
    }
    votes.forEach(vote -> out.fixed(vote.signature().value()));
    if (statement instanceof Ack) {
      var recovered = recovered();
      out.u8(recovered.size());
      recovered.forEach(vote -> out.u16(vote.signer().number()).u32(vote.incarnation()));
    }
  }

  /** Those whose incarnation is not the first: rarely any. */
  private List<Signed> recovered() {
    return votes.stream().filter(vote -> vote.incarnation() != 0).toList();
  }

  /** Length of the encoding in bytes. */
  public int encodedLength() {
    int incarnations = statement instanceof Ack ? 1 + recovered().size() * (2 + 4) : 0;
    return statement.encodedLength()
        + 1
        + bitmapLength()
        + votes.size() * Signature.LENGTH
        + incarnations;
  }

  private int bitmapLength() {
    return votes.isEmpty() ? 0 : votes.getLast().signer().number() / 8 + 1;
  }

  public static Certificate readFrom(WireReader in) throws Malformed {
    var statement = Statement.readFrom(in);
    if (!statement.equals(ofAll(statement))) {
      throw new Malformed("an incarnation of all signers");
    }
    int width = in.u8();
    if (width > ValidatorSet.MAX_SIZE / 8) {
      throw new Malformed("bitmap of " + width + " bytes");
    }
    var signers = new ArrayList<ValidatorIndex>();
    for (int i = 0; i < width; i++) {
      int octet = in.u8();
      if (octet == 0 && i == width - 1) {
        throw new Malformed("bitmap longer than needed");
      }
      for (int bit = 0; bit < 8; bit++) {
        if ((octet >>> bit & 1) == 1) {
          signers.add(ValidatorIndex.of(i * 8 + bit));
        }
      }
    }
    var votes = new ArrayList<Signed>();
    for (var signer : signers) {
      votes.add(new Signed(signer, new Signature(in.fixed(Signature.LENGTH))));
    }
    if (statement instanceof Ack) {
      readIncarnations(in, votes);
    }
    return new Certificate(statement, votes);
  }

  private static void readIncarnations(WireReader in, List<Signed> votes) throws Malformed {
    int count = in.u8();
    int next = 0;
    for (int i = 0; i < count; i++) {
      var signer = ValidatorIndex.of(in.u16());
      int incarnation = in.u32();
      while (next < votes.size() && !votes.get(next).signer().equals(signer)) {
        next++;
      }
      if (next == votes.size() || incarnation == 0) {
        throw new Malformed("an incarnation of no signer, or the first");
      }
      votes.set(next, new Signed(signer, votes.get(next).signature(), incarnation));
      next++;
    }
  }
}
