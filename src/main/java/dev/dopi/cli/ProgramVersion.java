package dev.dopi.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that was packed into the jar. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String packed = ProgramVersion.class.getPackage().getImplementationVersion();
        return new String[] {"dopi " + (packed == null ? "(built from source, not packaged)" : packed)};
    }
}
