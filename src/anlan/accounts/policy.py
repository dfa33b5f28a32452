"""Who may do what with accounts."""

from anlan.accounts.roles import Role

PERMISSIONS = {
    "accounts.user_view": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR),
    "accounts.user_create": (Role.ADMINISTRATOR,),
    "accounts.user_import": (Role.ADMINISTRATOR,),
    "accounts.user_lock": (Role.ADMINISTRATOR,),
    "accounts.user_unlock": (Role.ADMINISTRATOR,),
    "accounts.password_reset": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER, Role.ADMINISTRATOR),
    "accounts.password_change": tuple(Role),
    "accounts.session_end": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER, Role.ADMINISTRATOR),
    "accounts.own_session_end": tuple(Role),
    "accounts.role_grant": (Role.ADMINISTRATOR,),
    "accounts.role_end": (Role.ADMINISTRATOR,),
    "places.view": tuple(Role),
    "places.area_create": (Role.COUNTY_OFFICER,),
    "places.area_edit": (Role.COUNTY_OFFICER,),
    "places.area_move": (Role.COUNTY_OFFICER,),
    "places.area_rename": (Role.COUNTY_OFFICER,),
    "places.area_merge": (Role.COUNTY_OFFICER,),
    "places.area_split": (Role.COUNTY_OFFICER,),
    "kernel.parameter_set": (Role.COUNTY_OFFICER, Role.ADMINISTRATOR),
    "kernel.parameter_withdraw": (Role.COUNTY_OFFICER, Role.ADMINISTRATOR),
    "kernel.parameter_view": tuple(Role),
    "kernel.calendar_set": (Role.COUNTY_OFFICER, Role.ADMINISTRATOR),
    "kernel.calendar_confirm": (Role.COUNTY_OFFICER, Role.ADMINISTRATOR),
    "kernel.calendar_prepare": (Role.COUNTY_OFFICER, Role.ADMINISTRATOR),
    "kernel.calendar_view": tuple(Role),
}
