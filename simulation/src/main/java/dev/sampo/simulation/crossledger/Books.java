package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.Operation;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.ReportFork;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows every packet through the final blocks of all ledgers, and says what protocol 4.1 does not
 * allow. What it knows comes from the transactions and their receipts; the states are held to it.
 */
final class Books {

  /** Everything about one ledger. */
  private static final class Page {
    private final Ledger ledger;
    private final Holdings holdings;
    private final TreeMap<Long, BlockHeader> headers = new TreeMap<>();
    private final Map<LedgerId, Followed> peers = new LinkedHashMap<>();
    private boolean isSeen = true;

    private Page(Ledger ledger) {
      this.ledger = ledger;
      this.holdings = new Holdings(ledger.number());
    }

    private Followed followed(LedgerId peer) {
      return peers.computeIfAbsent(peer, _ -> new Followed());
    }
  }

  /** By which a packet is known at either end. */
  private record Name(End from, long sequence) {}

  private final List<Page> pages;
  private final List<Connection> connections;
  private final Occasions occasions;
  private final Map<Name, Course> courses = new LinkedHashMap<>();
  private final Whereabouts whereabouts;

  Books(List<Ledger> ledgers, List<Connection> connections, Occasions occasions) {
    this.pages = ledgers.stream().map(Page::new).toList();
    this.connections = List.copyOf(connections);
    this.occasions = occasions;
    this.whereabouts = new Whereabouts(ledgers, occasions);
  }

  /** A block is final, before what it carries is told one by one. */
  void ordered(int ledger, BlockHeader header) {
    pages.get(ledger).headers.put(header.height().number(), header);
  }

  /** A transaction of a final block was executed. */
  void executed(int ledger, BlockHeader header, TransactionBody body, Receipt receipt) {
    if (!receipt.ok()) {
      occasions.refused(receipt.code());
      return;
    }
    var page = pages.get(ledger);
    try {
      switch (Operation.decode(body.payload())) {
        case Operation.SendAcross send -> sent(page, send, body, receipt);
        case Operation.OnPackets(var operation) -> {
          whereabouts.used(ledger, body.sender());
          carried(page, operation, header, receipt.events());
        }
        case Operation.MoveAccount move -> left(page, move, body, receipt);
        case Operation.Transfer(var asset, var to, long amount) -> {
          whereabouts.used(ledger, body.sender());
          whereabouts.used(ledger, to);
          page.holdings.transfer(asset.name(), body.sender(), to, amount);
        }
        case Operation.OpenAccount _, Operation.IssueAsset _ -> {}
      }
    } catch (Malformed malformed) {
      page.ledger.violated("T3", "what nobody can read was executed: " + malformed.getMessage());
    }
  }

  private void sent(Page page, Operation.SendAcross send, TransactionBody body, Receipt receipt) {
    var way = wayFrom(new End(page.ledger.number(), send.channel()));
    var load = new Course.Load(send.asset(), send.amount(), body.sender(), send.to());
    var packet = packet(way, receipt, send.timeout(), content(load));
    whereabouts.used(page.ledger.number(), body.sender());
    depart(page, Course.ofAmount(packet, way, load));
  }

  /** M2: what the account should hold is what it takes with it. */
  private void left(Page page, Operation.MoveAccount move, TransactionBody body, Receipt receipt) {
    var way = wayFrom(new End(page.ledger.number(), move.channel()));
    var account = body.sender();
    var loads = new ArrayList<Course.Load>();
    page.holdings
        .heldBy(account)
        .forEach(
            (asset, amount) ->
                loads.add(new Course.Load(new AssetId(asset), amount, account, account)));
    long generation = whereabouts.left(page.ledger.number(), account, way.to().ledger()) + 1;
    var content = Whereabouts.content(account, generation, loads);
    var packet = packet(way, receipt, move.timeout(), content);
    depart(page, Course.ofAccount(packet, way, loads, new Course.Move(account, generation)));
    occasions.count("account left");
  }

  private Packet packet(Way way, Receipt receipt, LedgerTime timeout, Bytes content) {
    long sequence = Long.parseLong(Told.attribute(receipt.events(), "packet_sent", "sequence"));
    return new Packet(
        endOf(way.from()),
        endOf(way.to()),
        sequence,
        timeout,
        Assets.NAME,
        content,
        Packet.VERSION);
  }

  private void depart(Page page, Course course) {
    var name = new Name(course.way().from(), course.packet().sequence());
    if (courses.putIfAbsent(name, course) != null) {
      page.ledger.violated("T9", course + " is sent a second time");
    }
    var to = pages.get(course.way().to().ledger()).ledger.id();
    requireUnfrozen(page, to, course, "sent");
    occasions.count("packet sent");
    page.holdings.send(course);
  }

  private Way wayFrom(End from) {
    return connections.stream()
        .flatMap(connection -> connection.ways().stream())
        .filter(way -> way.from().equals(from))
        .findFirst()
        .orElseThrow();
  }

  private Packet.End endOf(End end) {
    return new Packet.End(pages.get(end.ledger()).ledger.id(), end.channel());
  }

  private static Bytes content(Course.Load load) {
    return WireWriter.encode(
        out ->
            out.text(load.asset().name())
                .u64(load.amount())
                .text(load.from().name())
                .text(load.to().name()));
  }

  private void carried(
      Page page, PacketOperation operation, BlockHeader header, List<Event> events) {
    switch (operation) {
      case ReceivePacket(var packet, _) -> {
        if (Told.has(events, "packet_received")) {
          received(page, packet, header, Told.attribute(events, "packet_received", "code"));
        } else {
          occasions.count("packet received again");
        }
      }
      case AcknowledgePacket(var packet, var acknowledgement, _) -> {
        if (Told.has(events, "packet_acknowledged")) {
          acknowledged(page, packet, acknowledgement.code());
        } else {
          occasions.count("packet settled again");
        }
      }
      case TimeoutPacket(var packet, var proof) -> {
        if (Told.has(events, "packet_timed_out")) {
          timedOut(page, packet, proof.anchor().number());
        } else {
          occasions.count("packet settled again");
        }
      }
      case UpdateClient update -> updated(page, update, events);
      case Bundle bundle -> carried(page, bundle, header, events);
      case ReportFork report -> reported(page, report);
      case PacketOperation.Approve _ -> {}
    }
  }

  private void carried(Page page, Bundle bundle, BlockHeader header, List<Event> events) {
    var operations = bundle.operations();
    var told = Told.byOperation(events);
    boolean fits = told.size() == operations.size();
    for (int i = 0; fits && i < operations.size(); i++) {
      fits = Told.isOf(told.get(i).getFirst(), operations.get(i), i);
    }
    if (!fits) {
      page.ledger.violated("T11", "a bundle does not tell of each of its operations: " + events);
      return;
    }
    occasions.count("bundle executed");
    if (Told.has(events, Told.FAILED)) {
      occasions.count("bundle refused in part");
    }
    for (int i = 0; i < operations.size(); i++) {
      if (Told.has(told.get(i), Told.FAILED)) {
        occasions.refused(Told.attribute(told.get(i), Told.FAILED, "code"));
      } else {
        carried(page, operations.get(i), header, told.get(i));
      }
    }
  }

  private void received(Page page, Packet packet, BlockHeader header, String code) {
    var known = course(packet);
    if (known == null || !known.packet().equals(packet)) {
      page.ledger.violated("T6", "received what was never sent: " + packet);
      return;
    }
    if (known.arrival().isPresent()) {
      page.ledger.violated("T2", known + " is received a second time");
    }
    if (!header.time().isBefore(packet.timeout())) {
      page.ledger.violated("T1", known + " is received in a block of " + header.time());
    }
    if (known.isRefunded() && code.equals(Receipt.OK)) {
      page.ledger.violated("exactly once", known + " is received, and was refunded");
    }
    requireUnfrozen(page, packet.source().ledger(), known, "received");
    known.arrived(header.height(), code);
    occasions.count(code.equals(Receipt.OK) ? "packet received" : "packet refused on arrival");
    if (code.equals(Receipt.OK)) {
      whereabouts.arrived(page.ledger.number(), known);
      page.holdings.receive(known);
    }
  }

  private void acknowledged(Page page, Packet packet, String code) {
    var known = ending(page, packet);
    if (known == null) {
      return;
    }
    if (known.arrival().filter(arrival -> arrival.code().equals(code)).isEmpty()) {
      page.ledger.violated("T6", known + " is acknowledged with " + code + ", which nobody said");
    }
    occasions.count("packet acknowledged");
    if (code.equals(Receipt.OK)) {
      whereabouts.settled(known);
    } else {
      refund(page, known);
    }
  }

  private void timedOut(Page page, Packet packet, long anchor) {
    var known = ending(page, packet);
    if (known == null) {
      return;
    }
    var header = pages.get(known.way().to().ledger()).headers.get(anchor);
    if (header == null || header.time().isBefore(packet.timeout())) {
      page.ledger.violated("T1", known + " times out by a block that is not, or before its time");
    }
    if (known.arrival().filter(arrival -> arrival.height().number() <= anchor).isPresent()) {
      page.ledger.violated("T1", known + " times out, but was received up to " + anchor);
    }
    occasions.count("packet timed out");
    refund(page, known);
  }

  /** A packet that its source takes to be at its end. */
  private @Nullable Course ending(Page page, Packet packet) {
    var known = course(packet);
    if (known == null || !known.packet().equals(packet)) {
      page.ledger.violated("T6", "ended what was never sent: " + packet);
      return null;
    }
    if (known.isSettled()) {
      page.ledger.violated("T3", known + " ends a second time");
    }
    requireUnfrozen(page, packet.destination().ledger(), known, "ended");
    known.settled();
    return known;
  }

  private void refund(Page page, Course known) {
    if (known.isReceived()) {
      page.ledger.violated("exactly once", known + " is refunded, and was received");
    }
    known.refunded();
    whereabouts.restored(known);
    page.holdings.refund(known);
  }

  private @Nullable Course course(Packet packet) {
    for (var page : pages) {
      if (page.ledger.id().equals(packet.source().ledger())) {
        var from = new End(page.ledger.number(), packet.source().channel());
        return courses.get(new Name(from, packet.sequence()));
      }
    }
    return null;
  }

  private static void updated(Page page, UpdateClient update, List<Event> events) {
    if (!Told.has(events, "client_unchanged")) {
      page.followed(update.finality().target().ledger()).update(update);
    }
  }

  private void reported(Page page, ReportFork report) {
    occasions.count("fork reported");
    if (!page.followed(report.first().target().ledger()).report(report)) {
      page.ledger.violated("T8", "frozen by two proofs of one history");
    }
  }

  private static void requireUnfrozen(Page page, LedgerId peer, Course course, String what) {
    if (page.followed(peer).isForked()) {
      page.ledger.violated("T8", course + " is " + what + " after a fork of its peer was proven");
    }
  }

  /** The state of a ledger after the last block that was told of. */
  void state(int ledger, StateReader state) {
    var page = pages.get(ledger);
    page.isSeen = false;
    page.holdings.faults(state).forEach(fault -> page.ledger.violated("T5", fault));
    whereabouts.compare(ledger, state);
    for (var peer : page.peers.entrySet()) {
      boolean isFrozen =
          PacketState.client(state, peer.getKey()).map(client -> client.frozen()).orElse(false);
      if (isFrozen != peer.getValue().isForked()) {
        page.ledger.violated(
            "T8", "a client is frozen: " + isFrozen + ", a fork was proven: " + !isFrozen);
      }
      if (isFrozen) {
        occasions.happened("client frozen");
      }
    }
    for (var course : courses.values()) {
      requireKept(page, course, state);
    }
    page.isSeen = true;
  }

  /** T2: C as long as there is no end, R and A for ever. */
  private static void requireKept(Page page, Course course, StateReader state) {
    var packet = course.packet();
    int here = page.ledger.number();
    if (course.way().from().ledger() == here) {
      boolean isPending = state.get(packet.commitmentKey().name()).isPresent();
      if (isPending == course.isSettled()) {
        page.ledger.violated("T4", course + " has a commitment: " + isPending);
      }
    } else if (course.way().to().ledger() == here) {
      boolean isReceived = state.get(packet.receiptKey().name()).isPresent();
      boolean isAnswered = state.get(packet.acknowledgementKey().name()).isPresent();
      boolean hasArrived = course.arrival().isPresent();
      if (isReceived != hasArrived || isAnswered != hasArrived) {
        page.ledger.violated(
            "T2", "%s has a receipt: %s, an answer: %s".formatted(course, isReceived, isAnswered));
      }
    }
  }

  /**
   * T5, over all ledgers as far as they were told of: what is in escrow is abroad or on its way.
   */
  void balance() {
    for (var connection : connections) {
      for (var way : connection.ways()) {
        balance(way);
      }
    }
  }

  private void balance(Way way) {
    var home = pages.get(way.from().ledger());
    var abroad = pages.get(way.to().ledger());
    if (!home.isSeen || !abroad.isSeen) {
      return;
    }
    var escrows = home.holdings.escrows(way.from().channel());
    for (var escrow : escrows.entrySet()) {
      var voucher = Holdings.voucher(way.to().channel(), escrow.getKey());
      long vouchers = abroad.holdings.supplyOf(voucher);
      long underWay = underWay(way, escrow.getKey(), voucher);
      if (escrow.getValue() != vouchers + underWay) {
        home.ledger.violated(
            "T5",
            "%d of %s in escrow for %s, where %d are, and %d are on their way"
                .formatted(escrow.getValue(), escrow.getKey(), way.to(), vouchers, underWay));
      }
    }
  }

  private long underWay(Way way, String asset, String voucher) {
    long sum = 0;
    for (var course : courses.values()) {
      boolean isThere = course.way().equals(way);
      boolean isBack = course.way().from().equals(way.to());
      if (course.isUnderWay() && (isThere || isBack)) {
        sum += course.amountOf(isThere ? asset : voucher);
      }
    }
    return sum;
  }

  /** The packets whose sources do not know their end, but for those of a peer that is forked. */
  List<Course> open() {
    var open = new ArrayList<Course>();
    for (var course : courses.values()) {
      if (!course.isSettled() && !isStopped(course)) {
        open.add(course);
      }
    }
    return open;
  }

  private boolean isStopped(Course course) {
    var from = pages.get(course.way().from().ledger());
    var to = pages.get(course.way().to().ledger());
    return from.followed(to.ledger.id()).isForked() || to.followed(from.ledger.id()).isForked();
  }
}
