using System.Collections.Immutable;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Client.Programmes;

/// <summary>
/// Reads the files of a posted draft: names that a folder could hold, laid over a base if asked.
/// </summary>
internal sealed class DraftReader(PublicationDesk desk)
{
    private const int MostFiles = 1_000;
    private const int LongestPath = 255;

    /// <exception cref="RefusedException">A name is no name of a rule file, or the base is
    /// unknown.</exception>
    public async Task<ProgrammeFiles> ReadAsync(DraftRequestBody body)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (body.Base is { } version)
        {
            var found = await desk.FindAsync(version) ?? throw new RefusedException(Refusals.VersionNotFound);
            texts.AddRange(found.Files);
        }

        foreach (var (path, text) in body.Files)
        {
            if (!IsGood(path))
                throw ApiErrors.InvalidRequest.Thrown(
                    "A file has a relative path that ends in .yaml or .yml; no part begins with a dot.",
                    "files");
            if (text is null)
                texts.Remove(path);
            else
                texts[path] = text;
        }

        return texts.Count <= MostFiles
            ? ProgrammeFiles.Of(texts.ToImmutable())
            : throw ApiErrors.InvalidRequest.Thrown($"A programme has at most {MostFiles} files.", "files");
    }

    private static bool IsGood(string path) =>
        path.Length is > 0 and <= LongestPath && ProgrammeFiles.Belongs(path)
        && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
        && path.Split('/').All(part => part.Length > 0);
}
