/** The application that ships with Sampo: accounts, assets and transfers. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.assets;
