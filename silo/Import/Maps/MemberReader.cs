using MallVip.Silo.Import.Values;
using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>Reads the <c>member:</c> section.</summary>
internal sealed class MemberReader(
    ColumnScope columns, TemplateReader templates, ValueReader values, MapDiagnostics diagnostics)
{
    public MemberMap? Read(YamlNode node, YamlNode? commonSource)
    {
        var section = new MapSection(
            node, diagnostics, "id", "source", "enrolled", "identities", "attributes", "wallets", "tier",
            "tags");
        var id = section.Required("id", "id: \"{card_no}\", unique in the file");
        var enrolled = section.Required("enrolled", "enrolled: \"{joined_on}\"");
        section.Required("identities", "identities: [\"phone:{phone}\"]");
        var source = section.Optional("source") ?? commonSource;
        if (source is null)
            diagnostics.Add(MapErrors.MissingKey, section.Node, "'source' is missing, here and at the top.",
                "source: old-crm");
        var identities = section.Texts("identities").Select(templates.Read).ToArray();
        var attributes = values.ReadObject(section.Optional("attributes"));
        var wallets = ReadWallets(section.Optional("wallets"));
        var (tierId, tierUntil) = ReadTier(section.Optional("tier"));
        if (id is null || enrolled is null || source is null)
            return null;
        return new MemberMap(templates.Read(id), templates.Read(source), templates.Read(enrolled), identities,
            attributes, wallets, tierId, tierUntil,
            [.. section.Items("tags").Select(ReadTag).OfType<TagMap>()]);
    }

    private WalletMap[] ReadWallets(YamlNode? node)
    {
        if (node is null)
            return [];
        if (node is not YamlMappingNode wallets)
        {
            diagnostics.Add(MapErrors.WrongShape, node, "Wallet names with lots are wanted here.",
                "wallets: { points: [{ amount: points, expires: \"{valid_to}\" }] }");
            return [];
        }
        return wallets.Children.Select(child => new WalletMap(
            (child.Key as YamlScalarNode)?.Value ?? "", ReadLots(child.Value))).ToArray();
    }

    private LotMap[] ReadLots(YamlNode node)
    {
        var items = node is YamlSequenceNode list ? list.Children.ToArray() : [node];
        return items.Select(ReadLot).OfType<LotMap>().ToArray();
    }

    private LotMap? ReadLot(YamlNode node)
    {
        var section = new MapSection(node, diagnostics, "amount", "expires", "activates");
        if (section.Required("amount", "amount: the column with the points") is not { } amount
            || section.Text("amount") is not { } name)
            return null;
        return new LotMap(
            columns.Find(name, amount), Optional(section, "expires"), Optional(section, "activates"));
    }

    private (Template? Id, Template? Until) ReadTier(YamlNode? node)
    {
        if (node is null)
            return (null, null);
        var section = new MapSection(node, diagnostics, "id", "until");
        section.Required("id", "id: \"{level}\"");
        return (Optional(section, "id"), Optional(section, "until"));
    }

    /// <summary>A text is the tag itself.</summary>
    private TagMap? ReadTag(YamlNode node)
    {
        if (node is YamlScalarNode)
            return new TagMap(templates.Read(node), null, "");
        var section = new MapSection(node, diagnostics, "tag", "until", "split");
        return section.Required("tag", "tag: \"{club}\"") is { } tag
            ? new TagMap(templates.Read(tag), Optional(section, "until"), section.Text("split") ?? "")
            : null;
    }

    private Template? Optional(MapSection section, string key) =>
        section.Optional(key) is { } node ? templates.Read(node) : null;
}
