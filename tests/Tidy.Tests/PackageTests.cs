using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MallVip.Tidy.Tests;

/// <summary>One file says which version of a package is used, and every project is built.</summary>
public sealed partial class PackageTests
{
    private const string Versions = "Directory.Packages.props";

    [Fact]
    public void Projects_name_packages_without_versions() => Finding.AssertNone(
        Repository.Files(".csproj").SelectMany(file =>
            file.Matches(OwnVersion(), $"the version belongs in {Versions}")));

    [Fact]
    public void Package_versions_are_exact() => Finding.AssertNone(
        from package in XDocument.Parse(Repository.Read(Versions).Text).Descendants("PackageVersion")
        let version = package.Attribute("Version")?.Value ?? ""
        where !Exact().IsMatch(version)
        select new Finding(Versions, 1,
            $"{package.Attribute("Include")?.Value} {version}: pin one version, not a range"));

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Repository.Read("MallVip.Orleans.sln").Text.Replace('\\', '/');
        Finding.AssertNone(
            from project in Repository.Files(".csproj")
            where !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)
            select new Finding(project.Path, 1,
                "not in MallVip.Orleans.sln: add it, or it is never built and tested"));
    }

    [GeneratedRegex(@"\bVersion(Override)?\s*=\s*""|<Version>")]
    private static partial Regex OwnVersion();

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[\w.]+)?$")]
    private static partial Regex Exact();
}
