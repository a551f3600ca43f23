// Campaigns and the grants that they draw on.

import CounterpointModel
import Postgres

enum Campaigns {
    private static let identity: StaticString = """
        select c.id, c.organisation_id,
               array(select g.grant_id from campaign_grants g where g.campaign_id = c.id order by g.position),
               c.name, c.starts_on, c.ends_on, c.countries, c.languages, c.channels, c.audience_size, c.status,
               c.created_at, c.updated_at, c.version, c.public_name
        """
    private static let brief: StaticString = """
        , c.goal, c.audience, c.message, c.messenger, c.media, c.action from campaigns c
        """
    // A funder reads what is published: who is targeted, by whom and under which real name is not for it. No moments and
    // no version (0), which would tell of changes that are not shown.
    private static let published: StaticString = """
        select c.id, c.organisation_id, c.grant_ids, c.name, c.starts_on, c.ends_on, c.countries, c.languages, c.channels,
               c.audience_size, c.status, timestamptz '2000-01-01 00:00:00+00', timestamptz '2000-01-01 00:00:00+00', 0::integer, null::text,
               null::text, null::text, null::text, null::text, null::text, null::text
        """
    private static let filter: StaticString = """
        where ($1::timestamptz is null or (c.created_at, c.id) > ($1, $2))
          and ($4::uuid is null or c.organisation_id = $4)
          and ($5::uuid is null or exists (select from campaign_grants g
                                            where g.campaign_id = c.id and g.programme_id = $5))
          and ($6::uuid is null or exists (select from campaign_grants g
                                            where g.campaign_id = c.id and g.grant_id = $6))
          and ($7::text is null or c.status = $7)
          and ($8::text is null or $8 = any (c.channels))
          and ($9::text is null or $9 = any (c.countries))
        order by c.created_at, c.id limit $3
        """

    static let byId = SQLStatement(identity, brief, "where c.id = $1", name: "campaigns.byId")
    static let list = SQLStatement(identity, brief, filter, name: "campaigns.list")
    static let lock = SQLStatement(
        identity, brief, "where c.id = $1 for update of c", name: "campaigns.lock")
    static let byIdForFunder = SQLStatement(
        published, "from sec.published_campaigns(array[$1::uuid]) c",
        name: "campaigns.byIdForFunder")
    /// In the order of their random ids: a funder has no moment to order them by.
    static let listForFunder = SQLStatement(
        published,
        """
        from sec.published_campaigns() c
        where ($1::uuid is null or c.id > $1)
          and ($3::uuid is null or c.organisation_id = $3)
          and ($4::uuid is null or exists (select from campaign_grants g
                                            where g.campaign_id = c.id and g.programme_id = $4))
          and ($5::uuid is null or $5 = any (c.grant_ids))
          and ($6::text is null or c.status = $6)
          and ($7::text is null or $7 = any (c.channels))
          and ($8::text is null or $8 = any (c.countries))
        order by c.id limit $2
        """, name: "campaigns.listForFunder")

    static let insert = SQLStatement(
        """
        insert into campaigns (id, organisation_id, name, starts_on, ends_on, countries, languages, channels,
                               audience_size, goal, audience, message, messenger, media, action, public_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """, name: "campaigns.insert")

    static let update = SQLStatement(
        """
        update campaigns
           set name = $2, starts_on = $3, ends_on = $4, countries = $5, languages = $6, channels = $7,
               audience_size = $8, goal = $9, audience = $10, message = $11, messenger = $12, media = $13,
               action = $14, public_name = $15, updated_at = now(), version = version + 1
         where id = $1
        """, name: "campaigns.update")

    static let move = SQLStatement(
        "update campaigns set status = $2, updated_at = now(), version = version + 1 where id = $1",
        name: "campaigns.move")

    static let insertGrants = SQLStatement(
        """
        insert into campaign_grants (organisation_id, campaign_id, programme_id, grant_id, position)
        select $1, $2, g.programme_id, g.id, w.position
          from unnest($3::uuid[]) with ordinality as w(id, position) join grants g on g.id = w.id
        """, name: "campaigns.insertGrants")

    static let deleteGrants = SQLStatement(
        "delete from campaign_grants where campaign_id = $1", name: "campaigns.deleteGrants")

    /// The grants among those named that the caller can see: whose they are and how they stand.
    static let visibleGrants = SQLStatement(
        "select g.id, g.organisation_id, g.programme_id, g.status from grants g where g.id = any ($1)",
        name: "campaigns.visibleGrants")

    static let programmes = SQLStatement(
        "select distinct programme_id from campaign_grants where campaign_id = $1 order by 1",
        name: "campaigns.programmes")

    static let isOnRecord = SQLStatement(
        "select exists (select from result_records r where r.campaign_id = $1)",
        name: "campaigns.isOnRecord")

    static let audienceSize = SQLStatement(
        "select c.audience_size from campaigns c where c.id = $1", name: "campaigns.audienceSize")

    static let all: [SQLStatement] = [
        audienceSize, byId, list, lock, byIdForFunder, listForFunder, insert, update, move,
        insertGrants,
        deleteGrants,
        visibleGrants, programmes, isOnRecord,
    ]
}
