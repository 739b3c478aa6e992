package dev.sampo.simulation.planted;

import java.util.List;

/** Mistakes in packets between ledgers (protocol 4.1). */
final class PacketBugs {

  private static final String SOURCE = "core/packet/PacketSource";
  private static final String DESTINATION = "core/packet/PacketDestination";
  private static final String CLIENTS = "core/packet/Clients";
  private static final String BUNDLE = "core/packet/BundleOutcome";
  private static final String VALUE = "core/assets/ChannelValue";

  private PacketBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        commitmentKept(),
        settledForEver(),
        sourceClock(),
        lateArrival(),
        receiptMissing(),
        receiptPruned(),
        receiptAfterEffect(),
        reEntered(),
        receivedAgain(),
        foreignProof(),
        unprovenPacket(),
        forgedAcknowledgement(),
        noFreeze(),
        frozenGoesOn(),
        otherChannel(),
        bundleOfOneState());
  }

  private static PlantedBug commitmentKept() {
    return PlantedBug.of(
            "commitment-kept",
            "a refund comes before the commitment is deleted, and keeps it",
            "T4")
        .edit(
            SOURCE,
            """
                // T4: no second refund, whatever the application does.
                state.delete(packet.commitmentKey().name());
            """,
            "")
        .in(Runs.PACKETS);
  }

  private static PlantedBug settledForEver() {
    return PlantedBug.of("settled-for-ever", "what arrived keeps its commitment", "T3, T4")
        .edit(
            SOURCE,
            """
                state.delete(packet.commitmentKey().name());
                return after(end, handler.settle(packet, state));
            """,
            """
                return after(end, handler.settle(packet, state));
            """)
        .in(Runs.PACKETS);
  }

  private static PlantedBug sourceClock() {
    return PlantedBug.of("source-clock", "a timeout is judged by the source's block time", "T1")
        .edit(
            SOURCE,
            "          faultOfAnchorTime(packet, proof, state)\n",
            """
                      (block.time().isBefore(packet.timeout())
                              ? Optional.of(PacketError.TIMEOUT_NOT_REACHED)
                              : Optional.<PacketError>empty())
            """)
        .in(Runs.PACKETS);
  }

  private static PlantedBug lateArrival() {
    return PlantedBug.of("late-arrival", "a packet is received after its timeout", "T1")
        .edit(DESTINATION, "return now.isBefore(packet.timeout())", "return now.millis() >= 0")
        .in(Runs.PACKETS);
  }

  private static PlantedBug receiptMissing() {
    return PlantedBug.of("receipt-missing", "what was received has no receipt", "T2")
        .edit(DESTINATION, "    state.put(packet.receiptKey().name(), RECEIVED);\n", "")
        .in(Runs.PACKETS);
  }

  private static PlantedBug receiptPruned() {
    return PlantedBug.of("receipt-pruned", "a receipt is dropped when two more have come", "T2")
        .edit(
            DESTINATION,
            "    state.put(packet.receiptKey().name(), RECEIVED);\n",
            """
                state.put(packet.receiptKey().name(), RECEIVED);
                if (packet.sequence() > 2) {
                  var channel = packet.destination().channel();
                  state.delete(PacketKeys.receipt(channel, packet.sequence() - 2));
                }
            """)
        .in(Runs.PACKETS);
  }

  /** As nothing is called in between, only an error shows the order. */
  private static PlantedBug receiptAfterEffect() {
    return PlantedBug.of(
            "receipt-after-effect",
            "the receipt is written after the effects, if there are any",
            "T4")
        .edit(DESTINATION, "    state.put(packet.receiptKey().name(), RECEIVED);\n", "")
        .edit(
            DESTINATION,
            "            scratch.applyTo(state);\n",
            """
                        scratch.applyTo(state);
                        state.put(packet.receiptKey().name(), RECEIVED);
            """)
        .in(Runs.PACKETS);
  }

  /** A shipped handler has no door to come in by again: it is given a packet and a state. */
  private static PlantedBug reEntered() {
    return PlantedBug.of(
            "re-entered", "a handler that runs hands in the packet that it is given again", "T4")
        .edit(
            DESTINATION,
            "  private Outcome takeIn(Packet packet, State state) {\n",
            """
              private boolean isRunning;

              private Outcome reEntering(Packet packet, State state) {
                var outcome = handler.receive(packet, state);
                var channel = packet.destination().channel();
                boolean isNew =
                    PacketState.acknowledgement(state, channel, packet.sequence()).isEmpty();
                if (outcome instanceof Outcome.Ok && isNew && !isRunning) {
                  isRunning = true;
                  takeIn(packet, state);
                  isRunning = false;
                }
                return outcome;
              }

              private Outcome takeIn(Packet packet, State state) {
            """)
        .edit(
            DESTINATION,
            "switch (handler.receive(packet, scratch)) {",
            "switch (reEntering(packet, scratch)) {")
        .in(Runs.PACKETS);
  }

  private static PlantedBug receivedAgain() {
    return PlantedBug.of("received-again", "nobody looks whether a packet was received", "T2, T3")
        .edit(DESTINATION, "if (before.isPresent()) {", "if (before.isPresent() && here == null) {")
        .in(Runs.PACKETS);
  }

  private static PlantedBug foreignProof() {
    return PlantedBug.of("foreign-proof", "a proof of any ledger that is followed counts", "T9, T1")
        .edit(
            "core/packet/PacketProof",
            "    if (known.isEmpty()) {\n",
            """
                var others =
                    state
                        .range(
                            Bytes.ofAscii("anchor/"),
                            Bytes.ofAscii("anchor0"),
                            StateReader.RANGE_MAX)
                        .stream()
                        .map(entry -> PacketState.read(entry.value(), Anchor::readFrom))
                        .filter(a -> a.height().equals(anchor))
                        .toList();
                if (others.stream().anyMatch(a -> tree.proves(a.stateRoot(), key, value))) {
                  return Optional.empty();
                }
                if (known.isEmpty()) {
            """)
        .in(Runs.THREE_LEDGERS);
  }

  private static PlantedBug unprovenPacket() {
    return PlantedBug.of(
            "unproven-packet", "a packet is received without a look at its proof", "T6")
        .edit(
            DESTINATION,
            ".faultOf(channel.peer(), packet.commitmentKey(), committed, state))",
            ".faultOf(channel.peer(), packet.commitmentKey(), committed, state)"
                + ".filter(why -> why != PacketError.NOT_PROVEN))")
        .in(Runs.PACKETS);
  }

  private static PlantedBug forgedAcknowledgement() {
    return PlantedBug.of(
            "unproven-answer", "an acknowledgement is believed without a look at its proof", "T6")
        .edit(
            SOURCE,
            "Optional.of(acknowledgement.encoded()),\n                  state)\n",
            """
            Optional.of(acknowledgement.encoded()),
                              state)
                          .filter(why -> why != PacketError.NOT_PROVEN)
            """)
        .in(Runs.PACKETS);
  }

  private static PlantedBug noFreeze() {
    return PlantedBug.of("no-freeze", "two histories of a peer change nothing", "T8, LC6")
        .edit(CLIENTS, "    PacketState.putClient(state, peer, client.afterFork());\n", "")
        .in(Runs.PACKETS);
  }

  private static PlantedBug frozenGoesOn() {
    return PlantedBug.of("frozen-goes-on", "packets of a frozen peer go on", "T8")
        .edit(
            CLIENTS, "    if (client.frozen()) {\n", "    if (client.frozen() && now == null) {\n")
        .in(Runs.PACKETS);
  }

  private static PlantedBug otherChannel() {
    return PlantedBug.of(
            "other-channel", "a voucher is unlocked by any channel, not only its own", "T5")
        .edit(
            VALUE,
            "return asset.channel().equals(Optional.of(source));",
            "return asset.isVoucher();")
        .in(Runs.PACKETS);
  }

  private static PlantedBug bundleOfOneState() {
    return PlantedBug.of(
            "bundle-of-one-state",
            "the operations of a bundle do not see what those before them did",
            "T11")
        .edit(
            BUNDLE,
            "    var events = new ArrayList<Event>();\n",
            """
                var events = new ArrayList<Event>();
                var kept = new ArrayList<StateOverlay>();
            """)
        .edit(BUNDLE, "scratch.applyTo(state);", "kept.add(scratch);")
        .edit(
            BUNDLE,
            "    return codes.size() == operations.size()\n",
            """
                kept.forEach(each -> each.applyTo(state));
                return codes.size() == operations.size()
            """)
        .in(Runs.PACKETS);
  }
}
