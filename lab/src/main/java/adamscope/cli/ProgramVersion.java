package adamscope.cli;

import adamscope.store.ProgramBuild;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        ProgramBuild build = ProgramBuild.current();
        return new String[] {"adamscope " + build.version() + " (commit " + build.commit() + ")"};
    }
}
