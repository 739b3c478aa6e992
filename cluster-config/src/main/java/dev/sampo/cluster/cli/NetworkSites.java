package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.cluster.placement.Member;
import dev.sampo.cluster.placement.Placement;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where nodes say that the validators of their network stand; advice, for nothing proves it. */
record NetworkSites(SortedMap<PublicKey, Member> validators) {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  /** Whatever can be learnt from those that answer. */
  static NetworkSites of(List<String> endpoints) {
    var found = new TreeMap<PublicKey, Member>();
    endpoints.forEach(endpoint -> ask(endpoint, found));
    return new NetworkSites(found);
  }

  private static void ask(String endpoint, SortedMap<PublicKey, Member> found) {
    try (var anyLedger = connect(new LedgerId(Hash.ZERO.value()), endpoint)) {
      for (var listed : anyLedger.ledgers()) {
        ask(listed, endpoint, found);
      }
    } catch (SampoException silent) {
      // The charter is brought to this node next, and what keeps it from answering is told then.
    }
  }

  private static void ask(
      ListedLedger listed, String endpoint, SortedMap<PublicKey, Member> found) {
    var id = new LedgerId(Bytes.owning(listed.getLedgerId().toByteArray()));
    try (var client = connect(id, endpoint)) {
      for (var validator : client.status().getValidatorsList()) {
        var key = Bytes.owning(validator.getPublicKey().toByteArray());
        if (key.length() == PublicKey.LENGTH) {
          found.put(new PublicKey(key), new Member(validator.getName(), validator.getDataCentre()));
        }
      }
    }
  }

  private static SampoClient connect(LedgerId ledger, String endpoint) {
    return SampoClient.connect(
        ClientSettings.of(new TrustAnchor.Pinned(ledger), endpoint).withCallTimeout(ANSWER_MAX));
  }

  /**
   * Where a committee would stand. A validator that no node has spoken of counts as standing alone,
   * so that only what is known speaks against a committee.
   */
  Placement placementOf(Genesis genesis) {
    return new Placement(
        genesis.validators().keys().stream()
            .map(key -> validators.getOrDefault(key, new Member(key.hex(), key.hex())))
            .toList());
  }
}
