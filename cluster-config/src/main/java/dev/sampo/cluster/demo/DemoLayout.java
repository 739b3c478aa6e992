package dev.sampo.cluster.demo;

import dev.sampo.client.KeyFile;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.placement.Member;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.genesis.Verification;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.NodeIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The folder of a demo: keys, genesis and one folder for each validator. Laying it out again
 * changes nothing that is there, so that a demo resumes with the same ledgers.
 *
 * @param genesis of the ledger that the nodes are started with
 * @param validators in the order of their indices: v1 has index 0
 * @param sites over how many data centres and organisations they are spread
 */
record DemoLayout(Path folder, Genesis genesis, List<KeyFile> validators, DemoChoice.Sites sites) {

  /**
   * How many validators the demo has unless more are asked for: the fewest that tolerate a liar.
   */
  static final int VALIDATORS = 4;

  private static final String GENESIS = "genesis";
  private static final String DATA = "data";
  static final String KEY = "validator.key";

  DemoLayout {
    validators = List.copyOf(validators);
  }

  /**
   * Makes what is missing of a choice, whose data are in {@code folder}; refuses one that holds
   * something else, or a ledger of another verification.
   */
  static DemoLayout in(Path folder, DemoChoice choice, SecureRandom random) throws IOException {
    var verification = choice.verification();
    var parameters =
        LedgerParameters.DEFAULT.withVerification(
            verification.orElse(Verification.EVERY_VALIDATOR));
    int validators = choice.sites().validators();
    var rule = choice.isSpread() ? DemoSpread.over(choice.ledgers()) : DemoSpread.NONE;
    var layout = in(folder, validators, parameters, rule, random).over(choice.sites());
    if (layout.validators().size() != validators) {
      throw new CommandFailed(
          ExitCode.CONFLICT,
          folder + " has " + layout.validators().size() + " validators for ever");
    }
    var spread = DemoSpread.count(layout.genesis());
    if (choice.isSpread() && !spread.equals(Optional.of(choice.ledgers()))) {
      throw new CommandFailed(
          ExitCode.CONFLICT,
          folder
              + " has its people "
              + spread.map(count -> "on " + count + " ledgers").orElse("on every ledger")
              + " for ever");
    }
    var found = layout.genesis().parameters().verification();
    if (verification.isPresent() && verification.get() != found) {
      throw new CommandFailed(
          ExitCode.CONFLICT,
          folder + " holds a ledger whose verification is " + found.label() + " for ever");
    }
    layout.initReaders();
    var committees = new DemoCommittees(layout.members(), choice.cut());
    DemoCharters.of(layout).hostAtLeast(choice.ledgers(), layout, committees);
    return layout;
  }

  private void initReaders() throws IOException {
    for (int i = 0; i < sites.readers(); i++) {
      var data = readerData(i);
      if (!Files.exists(data)) {
        privateFolder(readerHome(i));
        NodeDirectory.init(data, genesis.ledgerId(), NodeIdentity.READER);
      }
    }
  }

  /** The same validators elsewhere, and with what their organisations need. */
  private DemoLayout over(DemoChoice.Sites others) throws IOException {
    for (int i = 0; i < others.organisations(); i++) {
      var keys = clusterKeysIn(folder, i);
      if (!Files.exists(keys)) {
        ClusterKeys.create(privateFolder(keys));
      }
    }
    return new DemoLayout(folder, genesis, validators, others);
  }

  /** As above, with another number of validators. */
  static DemoLayout in(
      Path folder, int validators, LedgerParameters parameters, SecureRandom random)
      throws IOException {
    return in(folder, validators, parameters, DemoSpread.NONE, random);
  }

  /** As above, with a rule that says which ledger an account is created on. */
  static DemoLayout in(
      Path folder, int validators, LedgerParameters parameters, HomeRule rule, SecureRandom random)
      throws IOException {
    var path = folder.toAbsolutePath().normalize();
    privateFolder(path);
    if (!Files.exists(path.resolve(GENESIS))) {
      requireEmpty(path);
      create(path, validators, parameters, rule, random);
    }
    return open(path);
  }

  private static void requireEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new CommandFailed(
            ExitCode.CONFLICT,
            folder
                + " is not empty and holds no demo (it has no file 'genesis'); name another"
                + " folder or empty it");
      }
    }
  }

  private static void create(
      Path folder, int validators, LedgerParameters parameters, HomeRule rule, SecureRandom random)
      throws IOException {
    var keys = new ArrayList<KeyFile>();
    for (int i = 0; i < validators; i++) {
      keys.add(KeyFile.generate("validator", random));
    }
    keys.sort(Comparator.comparing(KeyFile::publicKey));
    for (int i = 0; i < validators; i++) {
      var home = privateFolder(folder.resolve(nameOf(i)));
      keys.get(i).write(home.resolve(KEY));
    }
    var accounts = DemoAccounts.create(privateFolder(keysIn(folder)), validators, random);
    var publicKeys = keys.stream().map(KeyFile::publicKey).toList();
    var genesis = accounts.genesis(publicKeys, parameters, rule, random);
    ClusterKeys.create(privateFolder(clusterKeysIn(folder, 0)));
    for (int i = 0; i < validators; i++) {
      NodeDirectory.init(
          folder.resolve(nameOf(i)).resolve(DATA), genesis.ledgerId(), publicKeys.get(i));
    }
    // The last one: where it is, everything is.
    writeSynced(folder.resolve(GENESIS), genesis.encoded());
  }

  /** What is there; nothing is made. */
  static DemoLayout open(Path folder) throws IOException {
    try {
      var genesis = Genesis.decode(Bytes.owning(Files.readAllBytes(folder.resolve(GENESIS))));
      var keys = new ArrayList<KeyFile>();
      for (int i = 0; i < genesis.validators().size(); i++) {
        keys.add(KeyFile.read(folder.resolve(nameOf(i)).resolve(KEY)));
      }
      var publicKeys = keys.stream().map(KeyFile::publicKey).toList();
      requireSame(folder, genesis.validators().keys(), publicKeys);
      return new DemoLayout(folder, genesis, keys, DemoChoice.Sites.DEFAULT);
    } catch (Malformed | IllegalArgumentException damaged) {
      throw new CommandFailed(
          ExitCode.FAILED,
          folder.resolve(GENESIS) + " is damaged: " + damaged.getMessage(),
          damaged);
    }
  }

  private static void requireSame(Path folder, List<PublicKey> genesis, List<PublicKey> keys) {
    if (!genesis.equals(keys)) {
      throw new CommandFailed(
          ExitCode.CONFLICT, folder + ": the validators' keys are not those of the genesis");
    }
  }

  /** Where each validator stands, in the order of their indices. */
  List<Member> members() {
    return IntStream.range(0, validators.size())
        .mapToObj(index -> new Member(nameOf(index), dataCentreOf(index)))
        .toList();
  }

  /** {@code v1} for index 0. */
  static String nameOf(int index) {
    return "v" + (index + 1);
  }

  /** The first of the validators stand in data centre a, the next in b, and so on. */
  String dataCentreOf(int index) {
    return String.valueOf((char) ('a' + index * sites.dataCentres() / validators.size()));
  }

  /** {@code g1} for index 0. */
  static String gatewayName(int index) {
    return "g" + (index + 1);
  }

  /** {@code r1} for index 0. */
  static String readerName(int index) {
    return "r" + (index + 1);
  }

  /** The first gateway or reader stands in data centre a, the next in b, and so on in turn. */
  String dataCentreInTurn(int index) {
    return String.valueOf((char) ('a' + index % sites.dataCentres()));
  }

  Path gatewayHome(int index) {
    return folder.resolve(gatewayName(index));
  }

  Path readerHome(int index) {
    return folder.resolve(readerName(index));
  }

  Path readerData(int index) {
    return readerHome(index).resolve(DATA);
  }

  Path home(int index) {
    return folder.resolve(nameOf(index));
  }

  Path validatorKey(int index) {
    return home(index).resolve(KEY);
  }

  Path dataDirectory(int index) {
    return home(index).resolve(DATA);
  }

  Path genesisFile() {
    return folder.resolve(GENESIS);
  }

  /** Whose the validator is; members of an organisation are in one Pekko Cluster. */
  int organisationOf(int index) {
    return index * sites.organisations() / validators.size();
  }

  /** The indices of all that are of the same organisation as this one, itself included. */
  List<Integer> sameOrganisation(int index) {
    return IntStream.range(0, validators.size())
        .filter(each -> organisationOf(each) == organisationOf(index))
        .boxed()
        .toList();
  }

  /** Of the cluster that the validator is a member of. */
  Path clusterKeys(int index) {
    return clusterKeysIn(folder, organisationOf(index));
  }

  private static Path clusterKeysIn(Path folder, int organisation) {
    return folder.resolve(organisation == 0 ? "cluster-tls" : "cluster-tls-" + (organisation + 1));
  }

  /** The keys of the accounts: {@code alice.key} and so on. */
  Path keys() {
    return keysIn(folder);
  }

  private static Path keysIn(Path folder) {
    return folder.resolve("keys");
  }

  static Path privateFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return folder;
  }

  private static void writeSynced(Path file, Bytes content) throws IOException {
    Files.write(file, content.toByteArray());
    try (var written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(true);
    }
  }
}
