/** The plug-ins by which Pekko Persistence keeps events and snapshots in the node's store. */
@org.jspecify.annotations.NullMarked
package dev.sampo.persistence.journal;
